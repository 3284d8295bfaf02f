using ScaleMs.Core.Model;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>The binary form of what a step needs while it runs; most need the usual.</summary>
internal static class ResourceCodec
{
    public static void Write(BinarySink sink, Resources resources)
    {
        sink.Flag(!ReferenceEquals(resources, Resources.Default));
        if (ReferenceEquals(resources, Resources.Default))
        {
            return;
        }

        sink.Whole(resources.Cpus);
        sink.Signed(resources.MemoryBytes);
        sink.Whole(resources.Gpus);
        sink.Flag(resources.TimeLimit is not null);
        if (resources.TimeLimit is { } limit)
        {
            sink.Span(limit);
        }

        sink.Flag(resources.Tokens is not null);
        if (resources.Tokens is { } tokens)
        {
            WriteTokens(sink, tokens);
        }
    }

    public static Resources Read(BinarySource source) => source.Flag()
        ? new(source.Whole(), source.Signed(), source.Whole(), source.Flag() ? source.Span() : null, source.Flag() ? ReadTokens(source) : null)
        : Resources.Default;

    private static void WriteTokens(BinarySink sink, IReadOnlyDictionary<string, int> tokens)
    {
        sink.Number((ulong)tokens.Count);
        foreach (var (name, count) in tokens)
        {
            sink.AnyText(name);
            sink.Whole(count);
        }
    }

    private static Dictionary<string, int> ReadTokens(BinarySource source)
    {
        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var remaining = source.Count(); remaining > 0; remaining--)
        {
            tokens.Add(source.AnyText(), source.Whole());
        }

        return tokens;
    }
}
