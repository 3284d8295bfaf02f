using ScaleMs.Core.Keys;
using Xunit;

namespace ScaleMs.Core.Tests.Keys;

/// <summary>What a change does to the key. Key and components come from one walk, so both must tell the same.</summary>
internal static class KeyAssert
{
    public static void Differs(ClosedAction before, ClosedAction after)
    {
        var (first, second) = (KeyEncoder.Encode(before), KeyEncoder.Encode(after));
        Assert.NotEqual(first.Key, second.Key);
        Assert.NotEqual(first.Components, second.Components);
    }

    /// <summary>The key differs, and exactly one component tells why.</summary>
    public static void Differs(ClosedAction before, ClosedAction after, string component)
    {
        Differs(before, after);
        Assert.Equal([component], ChangedNames(before, after));
    }

    public static void Stays(ClosedAction before, ClosedAction after)
    {
        var (first, second) = (KeyEncoder.Encode(before), KeyEncoder.Encode(after));
        Assert.Equal(first.Key, second.Key);
        Assert.Equal(first.Components, second.Components);
    }

    private static IEnumerable<string> ChangedNames(ClosedAction before, ClosedAction after) =>
        KeyEncoder.Encode(before).Components.Except(KeyEncoder.Encode(after).Components)
            .Concat(KeyEncoder.Encode(after).Components.Except(KeyEncoder.Encode(before).Components))
            .Select(component => component.Name)
            .Distinct();
}
