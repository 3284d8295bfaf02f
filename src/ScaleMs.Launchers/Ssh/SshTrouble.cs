using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>What keeps a host from being used, in words for people.</summary>
/// <param name="Message">What happened, to which destination, and what to do.</param>
/// <param name="IsLasting">Whether it stays until somebody does something about it.</param>
internal sealed record SshTrouble(string Message, bool IsLasting)
{
    /// <summary>The exit code with which the ssh client tells of itself.</summary>
    internal const int ConnectionExit = 255;

    private const int LongestDetail = 300;

    /// <summary>The client's own words, what they mean and what to do; the first that fits counts.</summary>
    private static readonly Sign[] Signs =
    [
        new("HOST IDENTIFICATION HAS CHANGED", "its host key is not the one that is known", "find out why; if the host was installed anew, remove the old key with 'ssh-keygen -R' and connect once by hand", true),
        new("Host key verification failed", "its host key is not known here", "connect once by hand with 'ssh {0}' and compare the fingerprint, or add the key to known_hosts", true),
        new("UNPROTECTED PRIVATE KEY FILE", "the private key may be read by others, so it is not used", "run 'chmod 600' on it", true),
        new("Permission denied (", "it accepts none of the keys that are offered", "try 'ssh -o BatchMode=yes {0} true'; load the key into the agent with 'ssh-add', or install it with 'ssh-copy-id'", true),
        new("Too many authentication failures", "it was offered too many keys", "name the right one in the client's configuration (IdentityFile, IdentitiesOnly)", true),
        new("Temporary failure in name resolution", "its name cannot be looked up now", "check the network", false),
        new("Could not resolve hostname", "there is no host of this name", "correct the name in sites.yaml, or add it to the client's configuration", true),
        new("Bad configuration option", "the client does not understand its configuration", "correct it", true),
        new("Can't open user config file", "the client's configuration is not there", "correct the path after -F", true),
        new("Connection refused", "the connection was refused", "is the ssh server running there, and is it this port?", false),
        new("timed out", "it does not answer", "is it switched on, and is the network up?", false),
        new("Timeout, server", "it stopped answering", "is it switched on, and is the network up?", false),
        new("No route to host", "no way leads there", "check the network", false),
        new("Network is unreachable", "no way leads there", "check the network", false),
        new("Connection reset", "the connection was broken", "is the host going down?", false),
        new("Connection closed", "the connection was closed from there", "is the host going down, or one that leads there (ProxyJump), or does it refuse more connections (MaxStartups)?", false),
    ];

    /// <summary>Explains how a client ended before the script began, or with the connection.</summary>
    /// <param name="destination">Where it was to lead.</param>
    /// <param name="exitCode">The client's exit code.</param>
    /// <param name="errors">What it wrote to standard error.</param>
    internal static SshTrouble Of(string destination, int exitCode, string errors) => exitCode switch
    {
        ConnectionExit => OfClient(destination, errors),
        SshScript.NoCoreutils => new($"host '{destination}' cannot be used: it has no coreutils, or they are not on its PATH{Detail(errors)}", true),
        SshScript.CutOff => new($"the connection to host '{destination}' broke while a script was sent", false),
        126 or 127 => new($"host '{destination}' cannot be used: there is no /bin/sh{Detail(errors)}", true),
        _ => new(FormattableString.Invariant($"host '{destination}' cannot be used: its login shell ended with {exitCode} instead of running /bin/sh{Detail(errors)}; ") + "is the account allowed to run commands?", true),
    };

    /// <summary>The client itself is not there.</summary>
    internal static SshTrouble NoClient(string detail) => new($"the ssh client cannot be started: {detail}; install OpenSSH's client, and see that 'ssh' is on PATH", true);

    /// <summary>The trouble as it is thrown.</summary>
    internal SiteException AsException() => new(Message, isPassing: !IsLasting) { IsLasting = IsLasting };

    /// <summary>It broke while a script ran.</summary>
    internal static SshTrouble Broken(string destination) => new($"the connection to host '{destination}' broke", false);

    private static SshTrouble OfClient(string destination, string errors)
    {
        var sign = Array.Find(Signs, sign => errors.Contains(sign.Words, StringComparison.Ordinal));
        return sign is null
            ? new($"host '{destination}' cannot be reached{Detail(errors)}", false)
            : new($"host '{destination}' cannot be used: {sign.Meaning}; {string.Format(System.Globalization.CultureInfo.InvariantCulture, sign.Advice, destination)}{Detail(errors)}", sign.IsLasting);
    }

    private static string Detail(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => !line.StartsWith('@')).ToList();
        return lines.Count == 0 ? string.Empty : $" (ssh says: {(lines[^1].Length > LongestDetail ? lines[^1][..LongestDetail] + "…" : lines[^1])})";
    }

    private sealed record Sign(string Words, string Meaning, string Advice, bool IsLasting);
}
