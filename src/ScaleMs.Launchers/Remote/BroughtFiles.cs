using System.Buffers;
using System.Globalization;

namespace ScaleMs.Launchers.Remote;

/// <summary>Small files that came with the end of an attempt: the outputs in the order of its result, the log, and what else its order wants. Not thread-safe.</summary>
internal sealed class BroughtFiles
{
    /// <summary>The most that an end brings, bytes; what is larger is asked for.</summary>
    internal const int MostBytes = 16 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private long?[]? _lengths;

    /// <summary>Takes the lengths of the log and of the words; a dash for one that is not there.</summary>
    internal void Expect(string lengths)
    {
        var words = lengths.Split(' ');
        if (Array.TrueForAll(words, word => word == "-" || LengthOf(word) is not null))
        {
            _lengths = [.. words.Select(LengthOf)];
            _bytes.Clear();
        }
    }

    /// <summary>Takes a piece; what is none, or too much, spoils all of it.</summary>
    internal void Append(string base64)
    {
        var piece = new byte[base64.Length];
        if (_bytes.WrittenCount + base64.Length > 2 * MostBytes || !Convert.TryFromBase64String(base64, piece, out var count))
        {
            _lengths = null;
            return;
        }

        _bytes.Write(piece.AsSpan(0, count));
    }

    /// <summary>The files by their paths below the root.</summary>
    /// <param name="outputs">What the result tells.</param>
    /// <param name="folder">The private directory below the root.</param>
    /// <param name="words">The log and what else the order wants.</param>
    /// <returns>The bytes of each file that is there, null for one that is not; null when not all of it came.</returns>
    internal IReadOnlyDictionary<string, ReadOnlyMemory<byte>?>? Take(IReadOnlyList<AttemptOutput> outputs, string folder, IReadOnlyList<string> words)
    {
        if (_lengths is null || _lengths.Length != words.Count)
        {
            return null;
        }

        var wanted = outputs.Where(output => output.Kind == AttemptOutputKind.File).Select(output => ($"{folder}/{output.Path.Value}", (long?)output.Bytes)).Concat(words.Zip(_lengths));
        var (files, rest) = (new Dictionary<string, ReadOnlyMemory<byte>?>(StringComparer.Ordinal), _bytes.WrittenMemory);
        foreach (var (path, length) in wanted)
        {
            if (length > rest.Length)
            {
                return null;
            }

            files[path] = length is { } bytes ? rest[..(int)bytes] : (ReadOnlyMemory<byte>?)null;
            rest = rest[(int)(length ?? 0)..];
        }

        return rest.IsEmpty ? files : null;
    }

    private static long? LengthOf(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
}
