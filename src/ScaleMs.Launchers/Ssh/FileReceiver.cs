using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Brings files from a site. Names come from here alone: the other end tells numbers, and never more bytes than were asked for.</summary>
internal sealed class FileReceiver(IStreamShell shell)
{
    private const int LongestLine = 64;

    /// <summary>Brings files in one go.</summary>
    /// <param name="root">The folder there, absolute.</param>
    /// <param name="files">What is wanted.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SiteException">The site cannot be reached, or what came is not what was told.</exception>
    internal async Task ReceiveAsync(string root, IReadOnlyList<WantedFile> files, CancellationToken cancellation)
    {
        await using var process = await shell.OpenAsync(ScriptOf(root, files), cancellation).ConfigureAwait(false);
        await process.Input.DisposeAsync().ConfigureAwait(false);
        try
        {
            await TakeAsync(process.Output, files, cancellation).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is EndOfStreamException or InvalidDataException)
        {
            var end = await process.EndAsync(cancellation).ConfigureAwait(false); // a broken connection explains more
            throw new SiteException($"what host '{shell.Name}' sends is not whole: {(end.Errors.Trim().Length > 0 ? end.Trouble : trouble.Message)}", isPassing: true);
        }
    }

    /// <summary>Takes files that came before anybody asked for them.</summary>
    /// <param name="brought">What came, by the paths there; null when not all of it did.</param>
    /// <param name="files">What is wanted.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when one did not come, or is not what was told: then all are to be asked for.</returns>
    internal static async Task<bool> TryTakeAsync(IReadOnlyDictionary<string, ReadOnlyMemory<byte>?>? brought, IReadOnlyList<WantedFile> files, CancellationToken cancellation)
    {
        if (brought is null || files.Any(file => !IsAsTold(brought, file)))
        {
            return false;
        }

        foreach (var file in files)
        {
            if (brought[file.There] is { } bytes)
            {
                await using var target = file.Open();
                await target.WriteAsync(bytes[(int)file.From..], cancellation).ConfigureAwait(false);
            }
        }

        return true;
    }

    private static bool IsAsTold(IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> brought, WantedFile file) => brought.TryGetValue(file.There, out var bytes)
        && (bytes is { } all
            ? all.Length >= file.From && all.Length - file.From <= file.MostBytes && (file.Digest is not { } digest || Digest.Of(all.Span) == digest)
            : file.Digest is null);

    private static string ScriptOf(string root, IReadOnlyList<WantedFile> files)
    {
        var text = new StringBuilder($"root={ShellWord.Of(root)}\n{NodeText.Get}\ngives() {{\n:\n");
        for (var i = 0; i < files.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"give {i} {files[i].From + 1} {files[i].MostBytes} {ShellWord.Of(files[i].There)}\n");
        }

        return text.Append("}\nmain\n").ToString();
    }

    private static async Task TakeAsync(Stream output, IReadOnlyList<WantedFile> files, CancellationToken cancellation)
    {
        var packer = await LineAsync(output, cancellation).ConfigureAwait(false);
        await using var stream = packer switch
        {
            "gzip" => new BufferedStream(new GZipStream(output, CompressionMode.Decompress), 64 * 1024),
            "plain" => new BufferedStream(output, 64 * 1024),
            _ => throw new InvalidDataException("it begins with neither 'gzip' nor 'plain'"),
        };
        for (var i = 0; i < files.Count; i++)
        {
            await TakeAsync(stream, await LineAsync(stream, cancellation).ConfigureAwait(false), i, files[i], cancellation).ConfigureAwait(false);
        }

        if (await LineAsync(stream, cancellation).ConfigureAwait(false) != "e")
        {
            throw new InvalidDataException("it does not end where it should");
        }
    }

    private static async Task TakeAsync(Stream stream, string head, int number, WantedFile file, CancellationToken cancellation)
    {
        var words = head.Split(' ');
        if (words is ["m", var missing] && missing == number.ToString(CultureInfo.InvariantCulture))
        {
            _ = file.Digest is null ? true : throw new SiteException($"the output '{file.There}' that its result tells of is not there");
            return;
        }

        if (words is not ["f", var told, var size] || told != number.ToString(CultureInfo.InvariantCulture) || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) || bytes > file.MostBytes)
        {
            throw new InvalidDataException($"the frame of '{file.There}' is none");
        }

        await TakeAsync(stream, bytes, file, cancellation).ConfigureAwait(false);
    }

    private static async Task TakeAsync(Stream stream, long bytes, WantedFile file, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var target = file.Open())
        {
            var chunk = new byte[64 * 1024];
            for (var left = bytes; left > 0;)
            {
                var count = await stream.ReadAsync(chunk.AsMemory(0, (int)Math.Min(chunk.Length, left)), cancellation).ConfigureAwait(false);
                if (count == 0)
                {
                    throw new EndOfStreamException($"'{file.There}' is cut off");
                }

                hash.AppendData(chunk, 0, count);
                await target.WriteAsync(chunk.AsMemory(0, count), cancellation).ConfigureAwait(false);
                left -= count;
            }
        }

        if (file.Digest is { } digest && new Digest(hash.GetHashAndReset()) != digest)
        {
            throw new SiteException($"the output '{file.There}' is another than its result tells: its digest differs");
        }
    }

    private static async Task<string> LineAsync(Stream stream, CancellationToken cancellation)
    {
        var (line, one) = (new StringBuilder(), new byte[1]);
        while (await stream.ReadAsync(one, cancellation).ConfigureAwait(false) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString();
            }

            _ = line.Length < LongestLine ? line.Append((char)one[0]) : throw new InvalidDataException("a line of it is too long");
        }

        throw new EndOfStreamException("it ends too early");
    }
}
