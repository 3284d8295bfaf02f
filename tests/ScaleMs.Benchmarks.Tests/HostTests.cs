using ScaleMs.Benchmarks.Graphs;
using ScaleMs.Benchmarks.Peers;
using ScaleMs.Benchmarks.Scenarios;
using Xunit;

namespace ScaleMs.Benchmarks.Tests;

/// <summary>The measured host: what it defines comes from a table that it reads through the context.</summary>
public sealed class HostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bench-host-").FullName;
    private readonly Contender _contender;

    public HostTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the graphs' commands are those of POSIX systems");
        _contender = new Contender(new ScaleMsPeer(Path.Combine(AppContext.BaseDirectory, "ScaleMs.Benchmarks.Host.dll")), Shapes.Make("chain", 3), _folder);
        _contender.Peer.Write(_contender.Graph, _folder);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void NullRun_OfAWorkflowThatReadsATableThroughTheContext_IsRemembered()
    {
        _contender.Run(1);
        _contender.Run(1);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder, ".scalems", "null-runs")));
    }

    [Fact]
    public void Table_ChangedAfterARememberedNullRun_IsReadAgain()
    {
        _contender.Run(1);
        _contender.Run(1);
        File.AppendAllText(Path.Combine(_folder, "graph.tsv"), "out/more\tout/c000002\tcp out/c000002 out/more\n");
        _contender.Run(1);
        Assert.Equal(1, _contender.Executed([]));
        Assert.True(File.Exists(Path.Combine(_folder, "out", "more")));
    }
}
