using System.Diagnostics;

namespace ScaleMs.Ssh.Tests;

/// <summary>Keys of the tests' own, made anew for each run.</summary>
internal static class SshKeys
{
    /// <summary>Makes a key pair.</summary>
    /// <returns>The public key.</returns>
    internal static string Make(string path)
    {
        using var program = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", path]);
        program.WaitForExit();
        return File.ReadAllText(path + ".pub").Trim();
    }
}
