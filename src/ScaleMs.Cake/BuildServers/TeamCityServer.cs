using Cake.Common.Build.TeamCity;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>TeamCity: blocks and build problems. It has no summary to write to.</summary>
internal sealed class TeamCityServer(ITeamCityProvider server) : IBuildServer
{
    public void BeginGroup(string title) => server.WriteStartBlock(title);

    public void EndGroup(string title) => server.WriteEndBlock(title);

    public void Problem(string title, string message, SourceLocation? where = null) => server.BuildProblem(where is null ? $"{title}: {message}" : $"{title} at {where}: {message}", title);

    public void Summarise(string markdown, Func<string> file)
    {
    }
}
