using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Identity;

/// <summary>An identity over the lines of a text file: each line is kept, changed or dropped before it is hashed.</summary>
/// <remarks>Lines end at LF; a CR before it does not count. Bytes that are not UTF-8 count as replacement characters, equal to one another.</remarks>
/// <param name="name">The rule's name.</param>
/// <param name="version">The rule's version, from 1.</param>
/// <param name="line">A pure function: what counts of a line, or null when the line does not count.</param>
public sealed class LineIdentity(string name, int version, Func<string, string?> line) : ContentIdentity
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override int Version => version;

    /// <inheritdoc/>
    public override IContentDigester Start() => new Digester(line);

    /// <inheritdoc/>
    /// <remarks>A field for each line that counts and is not empty: <c>name = value</c> by name, any other as a whole.</remarks>
    public override IReadOnlyList<KeyValuePair<string, string>> Fields(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split('\n').Select(each => line(each.TrimEnd('\r'))?.Trim()).Where(kept => !string.IsNullOrEmpty(kept)).Select(kept => FieldOf(kept!))];
    }

    private static KeyValuePair<string, string> FieldOf(string line)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new(line[..equals].TrimEnd(), line[(equals + 1)..].TrimStart()) : new(string.Empty, line);
    }

    private sealed class Digester(Func<string, string?> line) : IContentDigester
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly ArrayBufferWriter<byte> _partial = new();

        public void Append(ReadOnlySpan<byte> bytes)
        {
            for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
            {
                _partial.Write(bytes[..end]);
                Flush();
                bytes = bytes[(end + 1)..];
            }

            _partial.Write(bytes);
        }

        public Digest Finish()
        {
            if (_partial.WrittenCount > 0)
            {
                Flush();
            }

            using (_hash)
            {
                return new Digest(_hash.GetHashAndReset());
            }
        }

        private void Flush()
        {
            var kept = line(Encoding.UTF8.GetString(_partial.WrittenSpan).TrimEnd('\r'));
            _partial.ResetWrittenCount();
            if (kept is not null)
            {
                _hash.AppendData(Encoding.UTF8.GetBytes(kept + "\n"));
            }
        }
    }
}
