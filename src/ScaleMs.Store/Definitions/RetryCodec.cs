using ScaleMs.Core.Failures;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>The binary form of the rules by which a step is tried again; most steps have the usual ones.</summary>
internal static class RetryCodec
{
    public static void Write(BinarySink sink, RetryRules rules)
    {
        sink.Flag(!ReferenceEquals(rules, RetryRules.Default));
        if (ReferenceEquals(rules, RetryRules.Default))
        {
            return;
        }

        sink.Whole(rules.Credits);
        sink.Span(rules.Delay);
        sink.List(rules.LaterExits, PartCodec.Whole);
        sink.Whole(rules.LaterTries);
        sink.Span(rules.LaterDelay);
        WriteGrowth(sink, rules.Time);
        WriteGrowth(sink, rules.Memory);
    }

    public static RetryRules Read(BinarySource source) => !source.Flag() ? RetryRules.Default : new()
    {
        Credits = source.Whole(),
        Delay = source.Span(),
        LaterExits = source.Items(PartCodec.Whole),
        LaterTries = source.Whole(),
        LaterDelay = source.Span(),
        Time = ReadGrowth(source),
        Memory = ReadGrowth(source),
    };

    private static void WriteGrowth(BinarySink sink, Growth? growth)
    {
        sink.Flag(growth is not null);
        if (growth is not null)
        {
            sink.Real(growth.Factor);
            sink.Signed(growth.Most);
        }
    }

    private static Growth? ReadGrowth(BinarySource source) => source.Flag() ? new Growth(source.Real(), source.Signed()) : null;
}
