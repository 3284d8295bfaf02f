using ScaleMs.Engine.Functions;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>The code of functions whose arguments are files, results and records.</summary>
public sealed class TypedFunctionDigestTests
{
    private const string Study = """
        using ScaleMs;
        public sealed record Stats(double Mean) { public double Scaled { get; init; } = 2; public double Twice => 2 * Mean; }
        public sealed record Options(int Columns) { private int _rows; public int Rows { get => _rows; set => _rows = value; } }
        public static class Study
        {
            public static Stats Run(Result<Stats> former, InputFile[] tables, IReadOnlyDictionary<string, Options> options, OutputFile merged)
            {
                var total = tables.Length * Weight();
                merged.WriteText($"{total}");
                return new Stats(total + former.Value.Mean);
            }
            private static double Weight() => 3;
            private static double Other() => 4;
        }
        """;

    [Fact]
    public void Digest_CommentLocalOrUnrelatedMethodChanges_Stays()
    {
        var digest = Of(Study);

        Assert.Equal(digest, Of(Study.Replace("var total", "// why\n var total", StringComparison.Ordinal)));
        Assert.Equal(digest, Of(Study.Replace("total", "sum", StringComparison.Ordinal)));
        Assert.Equal(digest, Of(Study.Replace("Other() => 4", "Other() => 5", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Weight() => 3", "Weight() => 4")]
    [InlineData("Scaled { get; init; } = 2", "Scaled { get; init; } = 3")]
    [InlineData("Twice => 2 * Mean", "Twice => 3 * Mean")]
    [InlineData("set => _rows = value", "set => _rows = value + 1")]
    public void Digest_CalleeOrTypeOfAnArgumentOrResultChanges_Differs(string from, string to) =>
        Assert.NotEqual(Of(Study), Of(Study.Replace(from, to, StringComparison.Ordinal)));

    private static string Of(string source)
    {
        using var variant = new Variant();
        variant.Knowing(typeof(Step));
        return variant.With("Study", source).Digest().Sha256Hex;
    }
}
