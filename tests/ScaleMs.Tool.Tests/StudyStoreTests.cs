using System.Text.Json;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Tests;

namespace ScaleMs.Tool.Tests;

/// <summary>The tool's own process on stores that real runs made.</summary>
public sealed class StudyStoreTests : IDisposable
{
    private readonly TestStudy _study = new();

    public StudyStoreTests() => _study.Write("in.txt", "one\n");

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Verify_AfterARun_FindsNothing()
    {
        _study.Run(ThreeSteps.Of());
        var tool = ToolProcess.Run(_study.Root, "verify");
        Assert.Equal(0, tool.ExitCode);
        Assert.EndsWith("2 published files: 0 damaged, 0 repaired, 0 lost, 0 notices", tool.Totals, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_EditedBlob_IsFoundRepairedAndMadeAgain()
    {
        _study.Run(ThreeSteps.Of());
        var blob = Blobs().First(path => File.ReadAllText(path) == "one\none\n");
        File.SetUnixFileMode(blob, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(blob, "ONE\none\n");
        var found = ToolProcess.Run(_study.Root, "verify");
        Assert.Equal(1, found.ExitCode);
        Assert.Contains(Path.GetFileName(blob), found.Output, StringComparison.Ordinal);

        Assert.Equal(0, ToolProcess.Run(_study.Root, "verify", "--repair").ExitCode);
        Assert.Equal(0, ToolProcess.Run(_study.Root, "verify").ExitCode);
        _study.Write("results/second.txt", "edited");
        _study.Delete("results/second.txt");
        _study.Run(ThreeSteps.Of());
        Assert.Equal("t/second", _study.Of(Outcome.Restored));
    }

    [Fact]
    public void Gc_AfterChanges_RemovesWhatNoStepStandsAtAndTheNextRunExecutesNothing()
    {
        _study.Run(ThreeSteps.Of());
        _study.Write("in.txt", "two\n");
        _study.Run(ThreeSteps.Of());
        var preview = ToolProcess.Run(_study.Root, "gc", "--keep-runs", "0", "--preview", "--json");
        var before = Blobs().Count;
        var tool = ToolProcess.Run(_study.Root, "gc", "--keep-runs", "0");
        Assert.Equal(0, tool.ExitCode);
        Assert.Equal(2, before - Blobs().Count);
        using var json = JsonDocument.Parse(preview.Output);
        Assert.Equal(2, json.RootElement.GetProperty("items").EnumerateArray().Count(item => item.GetProperty("kind").GetString() == "OlderResult"));
        Assert.True(json.RootElement.GetProperty("secondsToRecreate").GetDouble() > 0);

        _study.Run(ThreeSteps.Of());
        Assert.Equal(ThreeSteps.All, _study.Of(Outcome.UpToDate));
    }

    [Fact]
    public void Gc_EveryByte_MakesProducersRunOnlyWhenTheirBytesAreDemanded()
    {
        _study.Run(ThreeSteps.Of());
        Assert.Equal(0, ToolProcess.Run(_study.Root, "gc", "--max-size", "0").ExitCode);
        Assert.Equal(0, Blobs().Sum(blob => new FileInfo(blob).Length));
        _study.Run(ThreeSteps.Of());
        Assert.Equal(ThreeSteps.All, _study.Of(Outcome.UpToDate));

        _study.Delete("results/second.txt");
        _study.Run(ThreeSteps.Of());
        Assert.Equal("t/first t/second", _study.Ran);
        Assert.Equal("ONE\nONE\n", _study.Read("results/second.txt"));
        Assert.Equal(0, ToolProcess.Run(_study.Root, "verify").ExitCode);
    }

    [Fact]
    public void Gc_KilledInTheMiddle_LeavesAStoreThatVerifies()
    {
        _study.Run(ThreeSteps.Of("i=0; while [ $i -lt 400 ]; do echo $i > $i; i=$((i+1)); done; echo done > out.txt"));
        for (var i = 0; i < 400; i++)
        {
            var folder = Directory.CreateDirectory(_study.PathOf($".scalems/work/dead-{i}"));
            File.WriteAllText(Path.Combine(folder.FullName, "file"), "x");
        }

        using (var tool = ToolProcess.Start([], _study.Root, "gc", "--max-size", "0"))
        {
            Assert.True(SpinWait.SpinUntil(() => Directory.GetDirectories(_study.PathOf(".scalems/work")).Length < 400 || tool.HasExited, TimeSpan.FromMinutes(1)));
            tool.Kill();
            tool.WaitForExit();
        }

        Assert.Equal(0, ToolProcess.Run(_study.Root, "verify").ExitCode);
        Assert.Equal(0, ToolProcess.Run(_study.Root, "gc", "--max-size", "0").ExitCode);
        Assert.Empty(Directory.GetDirectories(_study.PathOf(".scalems/work")));
    }

    [Fact]
    public void Du_AfterARun_TellsTasksAndTheTotal()
    {
        _study.Run(ThreeSteps.Of());
        var tool = ToolProcess.Run(_study.Root, "du");
        Assert.Equal(0, tool.ExitCode);
        Assert.Contains("t/second (1 file)", tool.Output, StringComparison.Ordinal);
        Assert.EndsWith($"in {_study.PathOf(".scalems")}", tool.Totals, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(ToolProcess.Run(_study.Root, "du", "--json").Output);
        Assert.Equal("t", json.RootElement.GetProperty("tasks")[0].GetProperty("name").GetString());
    }

    private List<string> Blobs() => [.. Directory.EnumerateFiles(_study.PathOf(".scalems/blobs/sha256"), "*", SearchOption.AllDirectories)];
}
