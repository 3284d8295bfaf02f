using Cake.Common.Build;
using Cake.Core;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>Finds the build server that the process runs on, through Cake's services.</summary>
internal static class BuildServer
{
    // Cake's services are asked only where a server names itself: to make them all takes time at each start.
    private static readonly string[] Marks = ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION", "GITLAB_CI"];

    /// <summary>The server; null on a machine of one's own, and on servers that show nothing but lines.</summary>
    public static IBuildServer? Of(ICakeContext context) => Array.Exists(Marks, mark => !string.IsNullOrEmpty(context.Environment.GetEnvironmentVariable(mark))) ? Of(context.BuildSystem()) : null;

    // What the compiler records where a build maps the root of its sources away, as deterministic builds do.
    private const string MappedRoot = "/_/";

    /// <summary>Marks the job with what is wrong with a definition, each at its place.</summary>
    public static void Tell(this IBuildServer server, IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
        {
            server.Problem(fault.Code, $"{fault.What}; {fault.Try}", fault.Where.Line > 0 ? InSources(fault.Where) : null);
        }
    }

    private static SourceLocation InSources(SourceLocation where) =>
        where.File.StartsWith(MappedRoot, StringComparison.Ordinal) ? where with { File = where.File[MappedRoot.Length..] } : where;

    private static IBuildServer? Of(BuildSystem system) => system switch
    {
        { IsRunningOnGitHubActions: true } => new GitHubServer(system.GitHubActions),
        { IsRunningOnAzurePipelines: true } => new AzureServer(system.AzurePipelines),
        { IsRunningOnTeamCity: true } => new TeamCityServer(system.TeamCity),
        { IsRunningOnGitLabCI: true } => new GitLabServer(TimeProvider.System),
        _ => null,
    };
}
