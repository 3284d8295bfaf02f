using System.Text;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

public sealed class LineSplitterTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\r\nb\r\n", new[] { "a", "b" })]
    [InlineData("a\n\nb", new[] { "a", "", "b" })]
    [InlineData("\ra\r\rb\r", new[] { "a", "b" })]
    [InlineData("a\r\n\nb", new[] { "a", "", "b" })]
    [InlineData("é→🧬\rx", new[] { "é→🧬", "x" })]
    public void Lines_FedByteByByteOrAtOnce_AreTheSame(string text, string[] expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(expected, Split([bytes]));
        Assert.Equal(expected, Split(bytes.Select(one => new[] { one })));
    }

    [Fact]
    public void Line_WithoutEnd_ComesInPiecesOfWholeCharacters()
    {
        var text = "x" + string.Concat(Enumerable.Repeat("🧬é", 60_000));
        var pieces = Split([Encoding.UTF8.GetBytes(text)]);
        Assert.Equal(text, string.Concat(pieces));
        Assert.Equal(3, pieces.Count);
        Assert.All(pieces, piece => Assert.True(Encoding.UTF8.GetByteCount(piece) <= LineSplitter.LongestBytes));
    }

    [Theory]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void Line_OfBytesThatAreNoText_IsTold(byte value)
    {
        var pieces = Split([Enumerable.Repeat(value, 200_000).ToArray()]);
        Assert.All(pieces, piece => Assert.True(piece.Length <= LineSplitter.LongestBytes));
        Assert.Equal(200_000, pieces.Sum(piece => piece.Length));
    }

    private static List<string> Split(IEnumerable<byte[]> parts)
    {
        var lines = new List<string>();
        var splitter = new LineSplitter(lines.Add);
        foreach (var part in parts)
        {
            splitter.Add(part);
        }

        splitter.Finish();
        return lines;
    }
}
