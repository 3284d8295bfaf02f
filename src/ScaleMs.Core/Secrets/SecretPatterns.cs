namespace ScaleMs.Core.Secrets;

/// <summary>The texts by which values of secrets are recognised: as they are, and as common encodings write them.</summary>
public sealed class SecretPatterns
{
    /// <summary>The shortest value that can be looked for: shorter ones stand in files that have nothing to do with them.</summary>
    public const int LeastBytes = 8;

    private readonly IReadOnlyList<byte[]> _list;

    private SecretPatterns(IReadOnlyList<byte[]> list)
    {
        _list = list;
        Longest = list.Count == 0 ? 0 : list.Max(pattern => pattern.Length);
    }

    /// <summary>The patterns, the longest first.</summary>
    public IReadOnlyList<byte[]> List => _list;

    /// <summary>The length of the longest pattern, bytes.</summary>
    public int Longest { get; }

    /// <summary>The patterns of some values.</summary>
    /// <param name="values">The values; each of <see cref="LeastBytes"/> or more.</param>
    /// <returns>The patterns.</returns>
    public static SecretPatterns Of(IEnumerable<byte[]> values) => new(
        [.. values.SelectMany(SecretForms.Of).Where(form => form.Length >= LeastBytes).DistinctBy(Convert.ToHexString).OrderByDescending(form => form.Length, Comparer<int>.Default)]);

    /// <summary>Whether a pattern stands in some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>True when one does.</returns>
    public bool AreIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var pattern in _list)
        {
            if (bytes.IndexOf(pattern) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A text with <c>***</c> in place of every pattern.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The masked text.</returns>
    public string Mask(string text)
    {
        var masked = new System.Buffers.ArrayBufferWriter<byte>();
        var mask = new SecretMask(this);
        mask.Pass(System.Text.Encoding.UTF8.GetBytes(text), masked);
        mask.End(masked);
        return System.Text.Encoding.UTF8.GetString(masked.WrittenSpan);
    }
}
