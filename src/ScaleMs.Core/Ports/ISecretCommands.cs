namespace ScaleMs.Core.Ports;

/// <summary>Runs the commands whose output is the value of a secret.</summary>
public interface ISecretCommands
{
    /// <summary>Runs one, and returns when it has ended.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What it wrote, or why there is nothing; never throws for what the command does.</returns>
    SecretAnswer Run(SecretRequest request, CancellationToken cancellation);
}

/// <summary>A command that tells a secret.</summary>
/// <param name="Program">The program's absolute path.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Directory">Where it runs, absolute.</param>
/// <param name="Environment">Its whole environment.</param>
public sealed record SecretRequest(string Program, IReadOnlyList<string> Arguments, string Directory, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>What it may write at most, bytes.</summary>
    public const int LongestBytes = 64 * 1024;

    /// <summary>How long it may take: it may have to ask the user for a password.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(2);
}

/// <summary>How a command ended that was asked for a secret.</summary>
/// <param name="Output">What it wrote to standard output; null when there is a problem.</param>
/// <param name="Problem">Why there is no value, as the second half of a sentence; it holds nothing that the command wrote.</param>
public sealed record SecretAnswer(IReadOnlyList<byte>? Output, string Problem = "");
