using System.Text.RegularExpressions;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>The folder of a site where the workspace is not seen, for attempts, blobs and the wrapper.</summary>
internal static partial class ScratchFolder
{
    private const string Default = "~/.cache/scalems";

    /// <summary>Makes the folder.</summary>
    /// <param name="shell">The site's shell.</param>
    /// <param name="scratch">As the profile has it: absolute, below the home directory, or beginning with <c>$VARIABLE</c>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Its absolute path there.</returns>
    /// <exception cref="SiteException">The site cannot be reached, or the folder cannot be made.</exception>
    internal static async Task<string> MakeAsync(ISiteShell shell, string scratch, CancellationToken cancellation)
    {
        var script = $"umask 077; cd && mkdir -p -- {WordOf(scratch)} && cd -- {WordOf(scratch)} && pwd -P";
        var answer = await shell.RunAsync(script, null, cancellation).ConfigureAwait(false);
        return answer.ExitCode == 0 && LastLine(answer.Output) is ['/', _, ..] folder
            ? folder
            : throw new SiteException($"the scratch folder '{scratch}' cannot be made at {shell.Name}: {answer.Trouble}");
    }

    /// <summary>The folder as a word of shell.</summary>
    internal static string WordOf(string scratch)
    {
        var text = scratch.Length == 0 ? Default : scratch;
        return Variable().Match(text) is { Success: true } match ? $"\"${{{match.Groups[1].Value}:?is not set}}\"{ShellWord.Of(match.Groups[2].Value)}"
            : text == "~" || text.StartsWith("~/", StringComparison.Ordinal) ? $"\"$HOME\"{ShellWord.Of(text[1..])}"
            : ShellWord.Of(text);
    }

    /// <summary>Login scripts may print something first.</summary>
    private static string LastLine(string output) => output.TrimEnd('\n').Split('\n')[^1];

    [GeneratedRegex(@"^\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?((?:/.*)?)$", RegexOptions.Singleline)]
    private static partial Regex Variable();
}
