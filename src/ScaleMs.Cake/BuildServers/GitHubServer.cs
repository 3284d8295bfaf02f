using Cake.Common.Build.GitHubActions;
using Cake.Common.Build.GitHubActions.Data;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>GitHub Actions: groups, annotations at the sources, the job's summary.</summary>
internal sealed class GitHubServer(IGitHubActionsProvider server) : IBuildServer
{
    public void BeginGroup(string title) => server.Commands.StartGroup(title);

    public void EndGroup(string title) => server.Commands.EndGroup();

    public void Problem(string title, string message, SourceLocation? where = null) =>
        server.Commands.Error(message, new GitHubActionsAnnotation { Title = title, File = where?.File, StartLine = where?.Line });

    public void Summarise(string markdown, Func<string> file) => server.Commands.SetStepSummary(markdown);
}
