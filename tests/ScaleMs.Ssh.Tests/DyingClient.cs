using System.Diagnostics;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>A client that is killed when it has noted where an attempt goes, and nothing of it is there yet.</summary>
internal static class DyingClient
{
    /// <summary>Runs it until it dies by itself, or until the host is at its call, which waits for a file.</summary>
    internal static async Task<int> RunAsync(string root, string configuration, string host, bool isHeard, string script)
    {
        var site = EntryPoint.Site(configuration, host, isShared: false);
        var request = SshSpace.At(root).RequestIn("taken", [SshSpace.Shell(script, root)], "out.txt");
        var launcher = new SshLauncher(site, null, new SshTiming(), remote => new Staging(new ShippedStaging(site, remote.Shell, () => remote.Scratch, remote.RoomAsync, remote.DropAsync), isHeard ? Path.Combine(root, "late") : null, remote));
        return (await launcher.RunAsync(request, null, CancellationToken.None)).ExitCode;
    }

    private sealed class Staging(IAttemptStaging staging, string? late, RemoteHost host) : IAttemptStaging
    {
        public async Task<AttemptPlace> SendAsync(LaunchRequest request, CancellationToken cancellation)
        {
            var place = await staging.SendAsync(request, cancellation);
            if (late is null)
            {
                new Submission(SshLauncher.Kind, "farm", $"{host.Destination} {place.RemoteRoot}").Write(place.LocalRoot);
                Process.GetCurrentProcess().Kill();
            }

            var word = ShellWord.Of(late!);
            return place with { Unsent = place.Unsent! with { Shell = $"{{ : > {word}.reached; until [ -e {word} ]; do sleep 0.05; done; {place.Unsent.Shell}; }}; echo $? > {word}.status; false" } };
        }

        public Task BringBackAsync(LaunchRequest request, AttemptPlace place, AttemptResult result, CancellationToken cancellation) => staging.BringBackAsync(request, place, result, cancellation);

        public Task RemoveAsync(AttemptPlace place, CancellationToken cancellation) => staging.RemoveAsync(place, cancellation);
    }
}
