using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Files;
using ScaleMs.Launchers.Amqp.Protocol;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>Brings what a result names into the attempt's root: only what the step declares, and only checked bytes.</summary>
internal sealed class ResultReader(AmqpLauncherOptions options, IBlobPlace place)
{
    private static readonly string[] Beside = [FunctionLaunch.OutcomeFile, FunctionLaunch.NextStateFile];

    private readonly FileReceiver _receiver = new(place.GetAsync, options.MostFileBytes);

    /// <exception cref="BlobException">It is not to be believed, or its blobs are not there.</exception>
    internal async Task BringAsync(LaunchRequest request, ResultMessage result, Action<string>? onLine, CancellationToken cancellation)
    {
        var root = ActionWriter.RootOf(request);
        var outputs = await _receiver.EntriesAsync(result.Outputs, root, cancellation).ConfigureAwait(false);
        if (outputs.FirstOrDefault(entry => !IsDeclared(request, entry)) is { } alien)
        {
            throw new BlobException($"'{alien.Path}' is no output of the step");
        }

        var beside = await _receiver.EntriesAsync(new FileList { Entries = result.Beside }, root, cancellation).ConfigureAwait(false);
        if (beside.FirstOrDefault(entry => !Beside.Contains(entry.Path) || entry.Kind != FileKind.File) is { } other)
        {
            throw new BlobException($"'{other.Path}' is nothing that a function leaves");
        }

        await _receiver.BringAsync(request.Directory, outputs, cancellation).ConfigureAwait(false);
        await _receiver.BringAsync(root, beside, cancellation).ConfigureAwait(false);
        await BringLogAsync(request, result.Log, root, onLine, cancellation).ConfigureAwait(false);
    }

    private static bool IsDeclared(LaunchRequest request, FileEntry entry)
    {
        var path = FileReceiver.PathOf(entry.Path);
        return request.Outputs.Any(output => output.Path == path ? output.IsTree == (entry.Kind == FileKind.Directory) : output.IsTree && path.IsBelow(output.Path));
    }

    private async Task BringLogAsync(LaunchRequest request, FileEntry? log, string root, Action<string>? onLine, CancellationToken cancellation)
    {
        if (log is null)
        {
            return;
        }

        var raw = Path.Combine(root, "log.coming-here");
        try
        {
            await _receiver.BringAsync(raw, log, cancellation).ConfigureAwait(false);
            using var tail = onLine is null ? null : new LogTail(request.LogFile, onLine, request.Framing);
            await LogCopy.AppendAsync(raw, request.LogFile, request.LogFilter, cancellation).ConfigureAwait(false);
            tail?.Finish();
        }
        finally
        {
            File.Delete(raw);
        }
    }
}
