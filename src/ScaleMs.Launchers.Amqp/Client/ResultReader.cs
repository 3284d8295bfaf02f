using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Files;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>Brings what a result names into the attempt's root: only what the step declares, and only checked bytes.</summary>
internal sealed class ResultReader(AmqpLauncherOptions options, IBlobPlace place)
{
    private static readonly string[] Beside = [FunctionLaunch.OutcomeFile, FunctionLaunch.NextStateFile];

    /// <exception cref="BlobException">It is not to be believed, or its blobs are not there.</exception>
    internal async Task BringAsync(LaunchRequest request, ResultMessage result, AttemptLog log, CancellationToken cancellation)
    {
        var root = ActionWriter.RootOf(request);
        var receiver = new FileReceiver((digest, bytes, file, stop) => FetchAsync(request, digest, bytes, file, stop), options.MostFileBytes);
        var outputs = await receiver.EntriesAsync(result.Outputs, root, cancellation).ConfigureAwait(false);
        if (outputs.FirstOrDefault(entry => !IsDeclared(request, entry)) is { } alien)
        {
            throw new BlobException($"'{alien.Path}' is no output of the step");
        }

        var beside = await receiver.EntriesAsync(new FileList { Entries = result.Beside }, root, cancellation).ConfigureAwait(false);
        if (beside.FirstOrDefault(entry => !Beside.Contains(entry.Path) || entry.Kind != FileKind.File) is { } other)
        {
            throw new BlobException($"'{other.Path}' is nothing that a function leaves");
        }

        await receiver.BringAsync(request.Directory, outputs, cancellation).ConfigureAwait(false);
        await receiver.BringAsync(root, beside, cancellation).ConfigureAwait(false);
        await BringLogAsync(receiver, result.Log, log, root, cancellation).ConfigureAwait(false);
    }

    /// <summary>What a killed client had taken already is here; the farm may have removed it since.</summary>
    private Task FetchAsync(LaunchRequest request, string digest, long bytes, string file, CancellationToken cancellation)
    {
        if (!request.IsTakenOver || request.FindTaken(Digest.Parse("sha256:" + digest)) is not { } taken)
        {
            return place.GetAsync(digest, bytes, file, cancellation);
        }

        File.Copy(taken, file);
        return Task.CompletedTask;
    }

    private static bool IsDeclared(LaunchRequest request, FileEntry entry)
    {
        var path = FileReceiver.PathOf(entry.Path);
        return request.Outputs.Any(output => output.Path == path ? output.IsTree == (entry.Kind == FileKind.Directory) : output.IsTree && path.IsBelow(output.Path));
    }

    private static async Task BringLogAsync(FileReceiver receiver, FileEntry? entry, AttemptLog log, string root, CancellationToken cancellation)
    {
        if (entry is null or { Content: not null })
        {
            using var text = entry is null ? null : new MemoryStream(receiver.ContentOf(entry), writable: false);
            await log.FinishAsync(text, cancellation).ConfigureAwait(false);
            return;
        }

        var raw = Path.Combine(root, "log.coming-here");
        try
        {
            await receiver.BringAsync(raw, entry, cancellation).ConfigureAwait(false);
            await using var file = new FileStream(raw, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            await log.FinishAsync(file, cancellation).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(raw);
        }
    }
}
