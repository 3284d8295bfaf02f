using System.Text;

namespace ScaleMs.Launchers.Ssh;

/// <summary>How a script gets to <c>/bin/sh</c> at the other end, whatever the login shell there is.</summary>
/// <remarks>
/// The command is one line that sh, csh and fish read alike. The script comes first on standard input, as one line of base64, so that it is in no list of
/// processes, is not bounded by the length of a command line, and is not run when only a part of it arrived; what it reads follows.
/// </remarks>
internal static class SshScript
{
    /// <summary>The exit code that tells that there is no base64, the first of coreutils that is needed.</summary>
    internal const int NoCoreutils = 254;

    /// <summary>The exit code that tells that the script did not arrive.</summary>
    internal const int CutOff = 253;

    /// <summary>The line of standard error that tells that the script begins.</summary>
    internal const string Begun = "@scalems";

    /// <summary>The command for the login shell.</summary>
    internal const string Command = "exec /bin/sh -c 'IFS= read -r s || exit 253; s=$(printf %s \"$s\" | base64 -d) || exit 254; echo @scalems >&2; eval \"$s\"'";

    /// <summary>What standard input begins with.</summary>
    internal static byte[] Preamble(string script) => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(script)) + "\n");

    /// <summary>A text as one word of shell.</summary>
    internal static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
