using ScaleMs.Core.Model;

namespace ScaleMs.Recipes.DotNet;

/// <summary>The program <c>dotnet</c>: how its version is told, and how it is called so that it leaves nothing running.</summary>
/// <remarks>
/// Needs the .NET SDK 8 or later. In the keys are the versions of the SDK, as a <c>global.json</c> of the workspace selects it, and of the newest runtime; they are asked for again
/// when an SDK or a runtime was added beside the program, and <c>global.json</c> itself is an input of each step. Immutable.
/// </remarks>
public sealed class Sdk
{
    private const string Program = "dotnet";

    // Whoever restores on this machine says so with these; what they lead to is told by the digests of the packages.
    private static readonly string[] Passed = ["NUGET_PACKAGES", "DOTNET_ROOT", "DOTNET_CLI_HOME", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    // "Version:" stands below ".NET SDK:" and below "Host:". What else is printed are places, and versions of what the SDK brings along.
    private readonly ToolSpec _tool;

    /// <summary>Describes the program.</summary>
    /// <param name="path">A path or a name; <c>dotnet</c> on the PATH by default.</param>
    public Sdk(string path = Program) =>
        _tool = ToolSpec.Versioned(Program, [path], ["--info"], ["Version:"], beside: ["sdk", "shared/Microsoft.NETCore.App"]);

    /// <summary>More variables that calls get from the caller, such as those with credentials of a package source; none by default. Not in the keys.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>Adds a call of the program to a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="command">The command, such as <c>build</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The step.</returns>
    /// <remarks>No server of a compiler or of MSBuild outlives the call, so nothing is shared between steps and nothing keeps their directories.</remarks>
    public Step Run(Step step, string command, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(step);
        foreach (var variable in Passed.Concat(Variables))
        {
            step.Pass(variable);
        }

        return step
            .Tool(_tool)
            .OnSite(SiteFact.OperatingSystem, SiteFact.Architecture)
            .Environment("DOTNET_NOLOGO", "1")
            .Environment("DOTNET_CLI_TELEMETRY_OPTOUT", "1")
            .Environment("DOTNET_SKIP_FIRST_TIME_EXPERIENCE", "1")
            .Environment("MSBUILDDISABLENODEREUSE", "1")
            .Run(Program, [command, .. arguments]);
    }
}
