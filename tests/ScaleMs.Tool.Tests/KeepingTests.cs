using ScaleMs.Core.Model;
using ScaleMs.Engine.Tests;

namespace ScaleMs.Tool.Tests;

/// <summary>The tool on stores whose bytes were dropped as declared, or are at their published path only.</summary>
public sealed class KeepingTests : IDisposable
{
    private readonly TestStudy _study = new();

    public KeepingTests() => _study.Run(Steps);

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Verify_OfBytesKeptInPlace_FindsNothing()
    {
        var tool = ToolProcess.Run(_study.Root, "verify");
        Assert.Equal(0, tool.ExitCode);
        Assert.DoesNotContain("results/big", tool.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("t/big", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_OfBytesDroppedAsDeclared_FindsNothing()
    {
        var tool = ToolProcess.Run(_study.Root, "verify");
        Assert.Equal(0, tool.ExitCode);
        Assert.Contains("0 damaged, 0 repaired, 0 lost", tool.Totals, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_OfBytesThatWereToBeKept_TellsThatTheyAreLost()
    {
        File.Delete(Path.Combine(_study.Root, "results", "last"));
        Array.ForEach(Directory.GetFiles(Path.Combine(_study.Root, ".scalems", "blobs", "sha256"), "*", SearchOption.AllDirectories), File.Delete);

        var tool = ToolProcess.Run(_study.Root, "verify");
        Assert.Contains("0 damaged, 0 repaired, 1 lost", tool.Totals, StringComparison.Ordinal);
    }

    [Fact]
    public void Du_OfBytesKeptInPlace_NamesThem()
    {
        var tool = ToolProcess.Run(_study.Root, "du");
        Assert.Contains("4 B  of these in place only, without a blob (1 file)", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Gc_OfEverything_LeavesWhatIsInPlace()
    {
        Assert.Equal(0, ToolProcess.Run(_study.Root, "gc", "--max-size", "0").ExitCode);
        _study.Run(Steps);
        Assert.Equal(3, _study.Last!.Summary.Counts.UpToDate);
        Assert.Equal("big\n", _study.Read("results/big"));
    }

    private static void Steps(StepBuilder steps)
    {
        var big = steps.Shell("big", "echo big > o").Output("o", publish: "results/big", store: StoreAs.InPlace);
        var between = steps.Shell("between", "cat x x > o").Input("x", big.File("o")).Output("o", keep: Keep.UntilConsumed);
        steps.Shell("last", "cat x x > o").Input("x", between.File("o")).Output("o", publish: "results/last");
    }
}
