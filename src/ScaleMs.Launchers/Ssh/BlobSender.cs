using System.Globalization;
using System.IO.Compression;
using System.Text;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Brings shipments to a site: asks which blobs are there, sends the others, and has everything put in its place.</summary>
/// <remarks>Blobs that came whole stay when the connection breaks, so that the next try sends only the rest.</remarks>
internal sealed class BlobSender(IStreamShell shell)
{
    /// <summary>The time, in seconds since 1970, that a blob gets when it is kept; whoever writes to it changes that.</summary>
    private const string Seal = "1";

    private const int CutOff = 75;
    private const int Lacking = 76;
    private const int MostTries = 3;
    private const int MostWords = 4;

    /// <summary>Sends shipments together.</summary>
    /// <param name="scratch">The scratch folder there, absolute.</param>
    /// <param name="shipments">What to send.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SiteException">The site cannot be reached or has no room, or a file changed meanwhile.</exception>
    internal async Task SendAsync(string scratch, IReadOnlyList<Shipment> shipments, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await TryAsync(scratch, shipments, cancellation).ConfigureAwait(false);
            if (answer.ExitCode == 0 && answer.Output.EndsWith("done\n", StringComparison.Ordinal))
            {
                return;
            }

            // A blob went between the question and its use: it is asked for again.
            if (answer.ExitCode != Lacking || tries == MostTries)
            {
                throw TroubleOf(answer);
            }
        }
    }

    /// <summary>Whether a folder is there; if so it is young again.</summary>
    internal async Task<bool> HasAsync(string folder)
    {
        var answer = await shell.RunAsync($"[ -d {ShellWord.Of(folder)} ] && touch -- {ShellWord.Of(folder)}", null, CancellationToken.None).ConfigureAwait(false);
        return answer.ExitCode == 0;
    }

    private async Task<ShellAnswer> TryAsync(string scratch, IReadOnlyList<Shipment> shipments, CancellationToken cancellation)
    {
        var files = new List<byte[]>();
        var layout = Layout.Of(shipments, files);
        var blobs = shipments.SelectMany(shipment => shipment.Entries).OfType<ShippedEntry.Blob>().DistinctBy(blob => blob.Digest.Hex).ToDictionary(blob => blob.Digest.Hex, StringComparer.Ordinal);
        await using var process = await shell.OpenAsync($"scratch={ShellWord.Of(scratch)}\n{NodeText.Put}", cancellation).ConfigureAwait(false);
        using var reader = new StreamReader(process.Output, Encoding.ASCII);
        var packer = await AskAsync(process, reader, blobs, cancellation).ConfigureAwait(false);
        var sending = packer is null ? Task.CompletedTask : SendAsync(process, packer == "gzip", [layout, .. files], blobs.Values, cancellation);
        var output = await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
        var end = process.EndAsync(cancellation);
        await sending.ConfigureAwait(false);
        return await end.ConfigureAwait(false) with { Output = output };
    }

    /// <summary>Leaves only the blobs that are not there.</summary>
    /// <returns>How the other end can take the rest; null when it ended.</returns>
    private static async Task<string?> AskAsync(IShellProcess process, StreamReader reader, Dictionary<string, ShippedEntry.Blob> blobs, CancellationToken cancellation)
    {
        var question = Encoding.ASCII.GetBytes(string.Concat(blobs.Keys.Select(hex => hex + "\n")) + ".\n");
        var asking = WriteAsync(process.Input, question, cancellation);
        string? packer = null;
        for (var line = await reader.ReadLineAsync(cancellation).ConfigureAwait(false); line is not null and not "."; line = await reader.ReadLineAsync(cancellation).ConfigureAwait(false))
        {
            if (line is "gzip" or "plain")
            {
                packer = line;
            }
            else if (line.Split(' ') is [var hex, var bytes, Seal] && blobs.TryGetValue(hex, out var blob) && bytes == blob.Bytes.ToString(CultureInfo.InvariantCulture))
            {
                blobs.Remove(hex);
            }
        }

        await asking.ConfigureAwait(false);
        return packer;
    }

    private static async Task SendAsync(IShellProcess process, bool isPacked, IReadOnlyList<byte[]> files, IEnumerable<ShippedEntry.Blob> blobs, CancellationToken cancellation)
    {
        try
        {
            await using var stream = isPacked ? new GZipStream(process.Input, CompressionLevel.Fastest) : process.Input;
            foreach (var blob in blobs)
            {
                await HeadAsync(stream, string.Create(CultureInfo.InvariantCulture, $"b {blob.Digest.Hex} {blob.Bytes}\n"), cancellation).ConfigureAwait(false);
                await CopyAsync(blob, stream, cancellation).ConfigureAwait(false);
            }

            for (var i = 0; i < files.Count; i++)
            {
                await HeadAsync(stream, string.Create(CultureInfo.InvariantCulture, $"f {i} {files[i].Length}\n"), cancellation).ConfigureAwait(false);
                await stream.WriteAsync(files[i], cancellation).ConfigureAwait(false);
            }

            await HeadAsync(stream, "e\n", cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The other end has ended, and says why.
        }
    }

    private static async Task CopyAsync(ShippedEntry.Blob blob, Stream stream, CancellationToken cancellation)
    {
        await using var file = OpenSource(blob);
        var (chunk, left) = (new byte[64 * 1024], blob.Bytes);
        while (left > 0)
        {
            var count = await file.ReadAsync(chunk.AsMemory(0, (int)Math.Min(chunk.Length, left)), cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                throw new SiteException($"'{blob.Source}' changed while it was sent");
            }

            await stream.WriteAsync(chunk.AsMemory(0, count), cancellation).ConfigureAwait(false);
            left -= count;
        }
    }

    private static FileStream OpenSource(ShippedEntry.Blob blob)
    {
        try
        {
            return new FileStream(blob.Source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new SiteException($"'{blob.Source}' cannot be sent: {trouble.Message}");
        }
    }

    private static Task HeadAsync(Stream stream, string line, CancellationToken cancellation) => stream.WriteAsync(Encoding.ASCII.GetBytes(line), cancellation).AsTask();

    private static async Task WriteAsync(Stream stream, byte[] bytes, CancellationToken cancellation)
    {
        try
        {
            await stream.WriteAsync(bytes, cancellation).ConfigureAwait(false);
            await stream.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The other end has ended, and says why.
        }
    }

    private SiteException TroubleOf(ShellAnswer answer) =>
        answer.Output.Contains("bad ", StringComparison.Ordinal) ? new SiteException($"what was sent to host '{shell.Name}' arrived changed: a file was written to meanwhile, or the disk there is faulty", isPassing: true)
        : answer.ExitCode == CutOff ? new SiteException($"the transfer to host '{shell.Name}' was cut off", isPassing: true)
        : new SiteException($"host '{shell.Name}' does not take the files: {WordsOf(answer)}", isPassing: true);

    /// <summary>What a program there said says more than what the script made of it.</summary>
    private static string WordsOf(ShellAnswer answer) => string.Join("; ", answer.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Take(MostWords).DefaultIfEmpty(answer.Trouble));
}
