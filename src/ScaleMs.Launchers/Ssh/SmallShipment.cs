using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Writes the shell that makes a shipment of a few short texts, with the texts in it.</summary>
internal static class SmallShipment
{
    /// <summary>The shell at the other end reads a byte at a time: beyond this a stream is faster.</summary>
    private const int MostBytes = 16 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The shell, in one line. The order comes before anything else, and the claim is opened when everything is there.</summary>
    /// <param name="scratch">The scratch folder there, absolute.</param>
    /// <param name="shipment">What to make, in a room of an attempt.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null where something in it is no short text.</returns>
    internal static async Task<string?> ShellOfAsync(string scratch, Shipment shipment, CancellationToken cancellation)
    {
        if (shipment.IsRenamed || BytesOf(shipment) > MostBytes)
        {
            return null;
        }

        var (calls, folders, digests) = (new List<string>(), new StringBuilder(), new StringBuilder());
        foreach (var entry in shipment.Entries.Where(entry => entry.Path != AttemptFiles.OpenClaim))
        {
            if (entry is ShippedEntry.Folder)
            {
                _ = entry.Path is ShippedStaging.Files or AttemptFiles.Claim ? folders : folders.Append(' ').Append(CallWord.Of(entry.Path));
            }
            else if (await TextOfAsync(entry, cancellation).ConfigureAwait(false) is { } text)
            {
                calls.Insert(entry.Path == AttemptFiles.Order ? 0 : calls.Count, CallOf(text, entry.Path));
                _ = entry is ShippedEntry.Blob blob ? digests.Append(' ').Append(blob.Digest.Hex).Append(' ').Append(CallWord.Of(entry.Path)) : digests;
            }
            else
            {
                return null;
            }
        }

        string[] first = [shipment.Needed.Length > 0 ? $"touch -c -- {CallWord.Of($"{scratch}/{shipment.Needed}")}" : string.Empty, folders.Length > 0 ? $"folders{folders}" : string.Empty];
        string[] last = [digests.Length > 0 ? $"check{digests}" : string.Empty, $"text {AttemptFiles.OpenClaim} ''"];
        return string.Join(" && ", [.. first.Where(IsAny), .. calls, .. last.Where(IsAny)]);
    }

    private static bool IsAny(string call) => call.Length > 0;

    /// <summary>A line end costs more letters than a word.</summary>
    private static string CallOf(string text, string path) =>
        path == AttemptFiles.Order ? $"order{ShellWord.All(text.TrimEnd('\n').Split('\n'))}"
        : text.EndsWith('\n') ? $"lines {CallWord.Of(path)}{ShellWord.All(text[..^1].Split('\n'))}"
        : $"text {CallWord.Of(path)} {CallWord.Of(text)}";

    private static long BytesOf(Shipment shipment) => shipment.Entries.Sum(entry => shipment.Root.Length + entry.Path.Length + TextBytesOf(entry));

    private static long TextBytesOf(ShippedEntry entry) => entry switch
    {
        ShippedEntry.Blob { IsExecutable: false } blob when IsPlain(blob.Path) => blob.Bytes,
        ShippedEntry.Private file => file.Bytes.Length,
        ShippedEntry.Folder => 0,
        _ => MostBytes + 1,
    };

    /// <summary>Lists of digests name such a path otherwise.</summary>
    private static bool IsPlain(string path) => path.AsSpan().IndexOfAny('\\', '\n', '\r') < 0;

    private static async Task<string?> TextOfAsync(ShippedEntry entry, CancellationToken cancellation)
    {
        var bytes = entry is ShippedEntry.Private file ? file.Bytes : await File.ReadAllBytesAsync(((ShippedEntry.Blob)entry).Source, cancellation).ConfigureAwait(false);
        try
        {
            return bytes.Contains((byte)0) || (entry is ShippedEntry.Blob blob && Digest.Of(bytes) != blob.Digest) ? null : Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
