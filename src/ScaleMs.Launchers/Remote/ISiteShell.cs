namespace ScaleMs.Launchers.Remote;

/// <summary>The shell of a site: this machine's, or one behind ssh. Thread safe.</summary>
internal interface ISiteShell
{
    /// <summary>What the place is called in messages.</summary>
    string Name { get; }

    /// <summary>Runs a script with <c>/bin/sh -c</c>.</summary>
    /// <param name="script">The script, below 100 kB; anything larger belongs in the input.</param>
    /// <param name="input">Standard input; null for an empty one.</param>
    /// <param name="cancellation">Ends the script.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="SiteException">The site cannot be reached, with the reason and advice.</exception>
    Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation);
}

/// <summary>What a script left.</summary>
/// <param name="ExitCode">As shells tell it.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record ShellAnswer(int ExitCode, string Output, string Errors)
{
    /// <summary>What went wrong, in one line: the last of what it said, else its exit code.</summary>
    internal string Trouble => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var last]
        ? last
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"exit code {ExitCode}");
}
