using System.Text;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

public sealed class RecordSplitterTests
{
    [Theory]
    [InlineData("a\0b\0", "a|b")]
    [InlineData("a\nb\0c", "a\nb|c")]
    [InlineData("\0\0a\0\0", "a")]
    [InlineData("", "")]
    public void Records_InPiecesOfAnySize_AreTheSame(string text, string wanted)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var size = 1; size <= Math.Max(1, bytes.Length); size++)
        {
            var records = new List<string>();
            var splitter = new RecordSplitter(records.Add);
            foreach (var piece in bytes.Chunk(size))
            {
                splitter.Add(piece);
            }

            splitter.Finish();
            Assert.Equal(wanted, string.Join('|', records));
        }
    }

    [Fact]
    public void Record_LongerThanTheBound_ComesInPieces()
    {
        var records = new List<string>();
        var splitter = new RecordSplitter(records.Add);
        splitter.Add(Encoding.UTF8.GetBytes(new string('x', (2 * RecordSplitter.LongestBytes) + 5) + "\0y"));
        splitter.Finish();
        Assert.Equal([RecordSplitter.LongestBytes, RecordSplitter.LongestBytes, 5, 1], records.Select(record => record.Length));
    }
}
