using System.Diagnostics;
using System.Security.Cryptography;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Remote;

/// <summary>Compares a file here with what the node said of it.</summary>
internal static class OutputCheck
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Returns when all files of a result are here as the node saw them; those that a killed client took are put back.</summary>
    /// <param name="request">What was run.</param>
    /// <param name="outputs">What the node said.</param>
    /// <param name="patience">How long a file server may take to show each of them.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SiteException">One is not.</exception>
    internal static async Task AwaitAllAsync(LaunchRequest request, IReadOnlyList<AttemptOutput> outputs, TimeSpan patience, CancellationToken cancellation)
    {
        TakenOutputs.PutBack(request, outputs);
        foreach (var output in outputs.Where(output => output.Kind == AttemptOutputKind.File))
        {
            await AwaitAsync(request.Directory, output, patience, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Returns when the file is here as the node saw it.</summary>
    /// <param name="directory">The private directory here.</param>
    /// <param name="output">What the node said.</param>
    /// <param name="patience">How long a file server may take to show it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SiteException">It is not.</exception>
    internal static async Task AwaitAsync(string directory, AttemptOutput output, TimeSpan patience, CancellationToken cancellation)
    {
        var path = Path.Combine(directory, output.Path.Value);
        var start = Stopwatch.GetTimestamp();
        var pause = FirstPause;
        while (await DifferenceAsync(path, output, cancellation).ConfigureAwait(false) is { } difference)
        {
            if (Stopwatch.GetElapsedTime(start) >= patience)
            {
                throw new SiteException($"the output '{output.Path}' is not here as the node wrote it: {difference}");
            }

            await Task.Delay(pause, cancellation).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            Look(Path.GetDirectoryName(path)!);
        }
    }

    private static async Task<string?> DifferenceAsync(string path, AttemptOutput output, CancellationToken cancellation)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
            return file.Length != output.Bytes ? $"it has {file.Length} bytes, not {output.Bytes}"
                : await DigestAsync(file, cancellation).ConfigureAwait(false) != output.Digest ? "its digest is another"
                : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return trouble.Message;
        }
    }

    private static async Task<Digest> DigestAsync(FileStream file, CancellationToken cancellation) =>
        new(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false));

    /// <summary>A listing makes a network file system ask its server, where a name that was not there is remembered.</summary>
    private static void Look(string directory)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(directory).Count();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // The next look at the file tells.
        }
    }
}
