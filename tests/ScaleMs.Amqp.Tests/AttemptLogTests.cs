using System.Text;
using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Client;

namespace ScaleMs.Amqp.Tests;

/// <summary>Pieces of a log come as they like; file and lines are right in the end.</summary>
public sealed class AttemptLogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("log");
    private readonly List<string> _lines = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Pieces_ThatOverlapAndLackOne_AreToldOnce()
    {
        using var log = Log();
        Take(log, "w", 0, "one\ntw");
        Take(log, "w", 4, "two\nthr");
        Take(log, "w", 100, "far away\n");
        Assert.Equal(["one", "two"], _lines);
        await log.FinishAsync(Whole("one\ntwo\nthree\nfour"), CancellationToken.None);
        Assert.Equal(["one", "two", "three", "four"], _lines);
        Assert.Equal("one\ntwo\nthree\nfour", File.ReadAllText(Request.LogFile));
    }

    [Fact]
    public async Task Piece_OfAnotherWorker_BeginsAnew()
    {
        using var log = Log();
        Take(log, "first", 0, "began\nand");
        Take(log, "second", 9, "not at its beginning\n");
        Assert.Equal(0, log.Received);
        Take(log, "second", 0, "began again\n");
        await log.FinishAsync(Whole("began again\ndone\n"), CancellationToken.None);
        Assert.Equal(["began", "began again", "done"], _lines);
        Assert.Equal("began again\ndone\n", File.ReadAllText(Request.LogFile));
    }

    [Theory]
    [InlineData("other\nbytes\n")]
    [InlineData("sh")]
    public async Task Whole_ThatDoesNotBeginAsThePieces_ReplacesThem(string whole)
    {
        using var log = Log();
        Take(log, "w", 0, "pieces\n");
        await log.FinishAsync(Whole(whole), CancellationToken.None);
        Assert.Equal(whole, File.ReadAllText(Request.LogFile));
    }

    [Fact]
    public async Task File_WithABeginning_KeepsItAndNothingElse()
    {
        File.WriteAllText(Request.LogFile, "before\nof a killed client");
        using var log = new AttemptLog(Request, "before\n".Length, null);
        await log.FinishAsync(Whole("after\n"), CancellationToken.None);
        Assert.Equal("before\nafter\n", File.ReadAllText(Request.LogFile));
    }

    [Fact]
    public async Task Pieces_WithoutAWhole_AreKept()
    {
        using var log = Log();
        Take(log, "w", 0, "one\ntw");
        await log.FinishAsync(null, CancellationToken.None);
        Assert.Equal(["one", "tw"], _lines);
        Assert.Equal("one\ntw", File.ReadAllText(Request.LogFile));
    }

    private LaunchRequest Request => FarmSpace.RequestAt(_folder.FullName, string.Empty);

    private AttemptLog Log() => new(Request, 0, _lines.Add);

    private static void Take(AttemptLog log, string worker, long at, string text) => log.Take(worker, at, Encoding.UTF8.GetBytes(text));

    private static MemoryStream Whole(string text) => new(Encoding.UTF8.GetBytes(text));
}
