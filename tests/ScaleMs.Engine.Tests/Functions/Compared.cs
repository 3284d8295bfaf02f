using Microsoft.CodeAnalysis;
using ScaleMs.Engine.Functions;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>Compares two variants of <c>Study.Run</c>, as Debug and as Release builds.</summary>
internal static class Compared
{
    public static void Same(string before, string after) => Each(level =>
    {
        var (one, other) = (Of(before, level), Of(after, level));
        Assert.Equal(one.Components, other.Components);
        Assert.Equal(one.Sha256Hex, other.Sha256Hex);
    });

    /// <summary>The digest differs, and the components that differ name what changed.</summary>
    public static void Differs(string before, string after, string culprit) => Each(level =>
    {
        var (one, other) = (Of(before, level), Of(after, level));
        Assert.NotEqual(one.Sha256Hex, other.Sha256Hex);
        Assert.Contains(one.Components.Except(other.Components), component => component.Name.Contains(culprit, StringComparison.Ordinal));
    });

    /// <summary>As <see cref="Differs"/>, for one replacement in a source.</summary>
    public static void Changes(string source, string from, string to, string culprit)
    {
        Assert.Contains(from, source, StringComparison.Ordinal);
        Differs(source, source.Replace(from, to, StringComparison.Ordinal), culprit);
    }

    public static IlDigestResult Of(string source, OptimizationLevel level = OptimizationLevel.Release)
    {
        using var variant = new Variant { Level = level };
        return variant.With("Study", source).Digest();
    }

    private static void Each(Action<OptimizationLevel> check)
    {
        check(OptimizationLevel.Release);
        check(OptimizationLevel.Debug);
    }
}
