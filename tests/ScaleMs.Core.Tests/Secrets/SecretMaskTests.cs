using System.Buffers;
using System.Text;
using System.Text.Json;
using ScaleMs.Core.Secrets;
using Xunit;

namespace ScaleMs.Core.Tests.Secrets;

public sealed class SecretMaskTests
{
    private const string Value = "s3cr3t/+ü\"tok en?";
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly SecretPatterns Patterns = Of(Value);

    public static TheoryData<string, string> Forms => new()
    {
        { "as it is", Value },
        { "base64", Convert.ToBase64String(Bytes(Value)) },
        { "base64 behind one byte", Convert.ToBase64String(Bytes(":" + Value)) },
        { "base64 behind two bytes", Convert.ToBase64String(Bytes("u:" + Value)) },
        { "base64 of a header", Convert.ToBase64String(Bytes("user:" + Value + "@host")) },
        { "base64 for URLs", Convert.ToBase64String(Bytes(Value)).Replace('+', '-').Replace('/', '_') },
        { "URL", Uri.EscapeDataString(Value) },
        { "URL in small letters", Uri.EscapeDataString(Value).Replace("%2F", "%2f", StringComparison.Ordinal).Replace("%2B", "%2b", StringComparison.Ordinal).Replace("%C3%BC", "%c3%bc", StringComparison.Ordinal).Replace("%3F", "%3f", StringComparison.Ordinal) },
        { "form", Uri.EscapeDataString(Value).Replace("%20", "+", StringComparison.Ordinal) },
        { "hexadecimal", Convert.ToHexString(Bytes(Value)) },
        { "JSON", JsonSerializer.Serialize(Value) },
        { "JSON with little escaped", JsonSerializer.Serialize(Value, s_relaxed) },
        { "JSON in ASCII", "s3cr3t/+\\u00fc\\\"tok en?" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Mask_OfAForm_HidesAllThatTellsTheValue(string form, string text)
    {
        var masked = Patterns.Mask($"before {text} after");
        Assert.StartsWith("before ", masked, StringComparison.Ordinal);
        Assert.EndsWith(" after", masked, StringComparison.Ordinal);
        Assert.True(masked.Contains("***", StringComparison.Ordinal), $"{form}: {masked}");
        // What is left of base64 are the characters that also depend on what stands beside the value.
        Assert.True(masked.Length <= "before *** after".Length + 20, $"{form}: {masked}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    public void Mask_OfAStreamCutAnywhere_IsThatOfTheWhole(int piece)
    {
        var text = $"{Value}{Value} x {Value[..6]}{Value} {Convert.ToBase64String(Bytes(Value))} {Value[..^1]}";
        Assert.Equal(Patterns.Mask(text), Masked(Patterns, text, piece));
        Assert.DoesNotContain(Value, Masked(Patterns, text, piece), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(4242)]
    public void Mask_OfRandomTextInRandomPieces_NeverShowsAValueNorLosesOtherText(int seed)
    {
        var random = new Random(seed);
        var patterns = Of("abababab", "babababa", "aaaaaaaaab");
        for (var round = 0; round < 300; round++)
        {
            var text = new string(random.GetItems("abc".AsSpan(), random.Next(60)));
            var masked = Masked(patterns, text, random.Next(1, 9));
            Assert.Equal(patterns.Mask(text), masked);
            Assert.DoesNotContain("abababab", masked, StringComparison.Ordinal);
            Assert.DoesNotContain("babababa", masked, StringComparison.Ordinal);
            Assert.Equal(text.Contains("abababab", StringComparison.Ordinal) || text.Contains("babababa", StringComparison.Ordinal), masked.Contains("***", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Mask_OfALineThatHoldsNoSecret_PassesItAtOnce()
    {
        var log = new ArrayBufferWriter<byte>();
        new SecretMask(Patterns).Pass("step 100 of 500\n"u8, log);
        Assert.Equal("step 100 of 500\n", Encoding.UTF8.GetString(log.WrittenSpan));
    }

    [Fact]
    public void Mask_OfASecretOfManyLines_HidesEachLine()
    {
        var patterns = Of("-----BEGIN KEY-----\nMIIEpAIBAAKCAQEA\nshort\n-----END KEY-----");
        Assert.Equal("> ***\n> ***\n", patterns.Mask("> -----BEGIN KEY-----\n> MIIEpAIBAAKCAQEA\n"));
    }

    [Fact]
    public void Mask_OfBase64BrokenIntoLines_HidesEveryLine()
    {
        var value = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i:x4}"));
        var lines = Convert.ToBase64String(Bytes(value), Base64FormattingOptions.InsertLineBreaks).Split("\r\n");
        Assert.Equal(string.Join('\n', lines.Select(line => line.EndsWith('=') ? "***" + new string('=', line.Length - line.TrimEnd('=').Length) : "***")), Of(value).Mask(string.Join('\n', lines)));
    }

    private static string Masked(SecretPatterns patterns, string text, int piece)
    {
        var log = new ArrayBufferWriter<byte>();
        var mask = new SecretMask(patterns);
        foreach (var part in Bytes(text).Chunk(piece))
        {
            mask.Pass(part, log);
        }

        mask.End(log);
        return Encoding.UTF8.GetString(log.WrittenSpan);
    }

    private static SecretPatterns Of(params string[] values) => SecretPatterns.Of(values.Select(Bytes));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
