using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;
using ScaleMs.Store.NullRuns;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.NullRuns;

/// <summary>A remembered null run is confirmed while every look finds the same, and by no means otherwise.</summary>
public sealed class NullRunMemoryTests : IDisposable
{
    private readonly Remembered _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void IsKnownPure_SameCode_UnderWhateverCircumstances()
    {
        Assert.False(_run.IsKnownPure(Remembered.PureCode));
        _run.Keep(circumstances: Digest.OfText("other"));

        Assert.True(_run.IsKnownPure(Remembered.PureCode));
        Assert.False(_run.IsKnownPure(Digest.OfText("other code")));
        Assert.False(_run.IsKnownPure(default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Confirm_NothingChanged_TellsTheRun(bool isRehashed)
    {
        var run = _run.Keep().Confirm(isRehashed);

        Assert.NotNull(run);
        Assert.Equal(("analyse", 3, 1.5), (run.Target, run.Steps, run.SavedSeconds));
        Assert.Equal([new TaskCount("prepare", 1), new TaskCount("analyse", 2)], run.Tasks);
    }

    [Fact]
    public void Confirm_NothingChanged_WritesNothingAndNeedsNoLock()
    {
        _run.Keep();
        using var store = _run.Workspace.Open();
        var before = Listing();

        Assert.True(_run.IsConfirmed());
        Assert.Equal(before, Listing());
    }

    [Fact]
    public void Confirm_OtherCircumstances_Nothing()
    {
        _run.Keep();
        Assert.Null(NullRunMemory.Confirm(_run.Workspace.Root, ".scalems", Digest.OfText("other")));
    }

    [Fact]
    public void Confirm_MemoryOfOtherCircumstancesUnderThisName_Nothing()
    {
        _run.Keep();
        var other = Digest.OfText("other");
        File.Copy(_run.Memory, Path.Combine(_run.Workspace.Store, "null-runs", other.Brief));

        Assert.Null(NullRunMemory.Confirm(_run.Workspace.Root, ".scalems", other));
    }

    [Theory]
    [InlineData("edited", "printf other > source")]
    [InlineData("edited to the same length with its time restored", "touch -r source t; printf SOURCE > source; touch -r t source; rm t")]
    [InlineData("deleted", "rm source")]
    [InlineData("replaced by a copy", "cp -p source t; mv t source")]
    [InlineData("replaced by a link to a copy", "cp -p source t; rm source; ln -s t source")]
    [InlineData("replaced by a folder", "rm source; mkdir source")]
    [InlineData("replaced by a pipe", "rm empty; mkfifo empty")]
    [InlineData("replaced by a device", "rm empty; ln -s /dev/null empty")]
    [InlineData("given a second name", "ln source t")]
    [InlineData("mode changed", "chmod 600 source")]
    [InlineData("link replaced by its target", "rm link; cp -p source link")]
    [InlineData("link leads elsewhere", "ln -sf empty link")]
    [InlineData("link leads nowhere", "ln -sf nowhere link")]
    [InlineData("link made anew, the same", "rm link; ln -s source link")]
    [InlineData("appeared", "printf x > absent")]
    [InlineData("appeared as a link", "ln -s source absent")]
    [InlineData("folder replaced by a link to a copy", "cp -a folder t; rm -r folder; ln -s t folder")]
    [InlineData("folder replaced by a file", "rm -r folder; printf x > folder")]
    [InlineData("folder moved away", "mv folder t")]
    [InlineData("file added to a folder that was looked at", "printf x > folder/new")]
    [InlineData("store gone", "rm -r .scalems")]
    [InlineData("journal gone", "rm -r .scalems/journal")]
    [InlineData("journal is a file", "rm -r .scalems/journal; printf x > .scalems/journal")]
    [InlineData("segment appended to", "for f in .scalems/journal/*.log; do printf x >> $f; done")]
    [InlineData("segment changed in place", "for f in .scalems/journal/*.log; do printf x | dd of=$f conv=notrunc status=none; done")]
    [InlineData("segment gone", "rm .scalems/journal/*.log")]
    [InlineData("newer format", "sed -i s/1/9/ .scalems/store.json")]
    [InlineData("format gone", "rm .scalems/store.json")]
    [InlineData("memory gone", "rm -r .scalems/null-runs")]
    [InlineData("memory empty", "for f in .scalems/null-runs/*; do : > $f; done")]
    [InlineData("memory is a folder", "for f in .scalems/null-runs/*; do rm $f; mkdir $f; done")]
    [InlineData("memory is a pipe", "for f in .scalems/null-runs/*; do rm $f; mkfifo $f; done")]
    [InlineData("memory never ends", "for f in .scalems/null-runs/*; do ln -sf /dev/zero $f; done")]
    public void Confirm_Changed_NotConfirmed(string what, string command)
    {
        _run.Keep();
        Shell(command);

        Assert.False(_run.IsConfirmed(), what);
    }

    [Theory]
    [InlineData("source", "printf SOURCE > source")]
    [InlineData("empty file", "rm empty; mkfifo empty")]
    [InlineData("empty file", "rm empty; mkdir empty")]
    [InlineData("empty file", "rm empty; ln -s /dev/null empty")]
    [InlineData("inner", "printf INNER > folder/inner")]
    [InlineData("absent", "printf x > absent")]
    [InlineData("mode", "chmod 755 source")]
    [InlineData("mode and stamps", "touch folder/inner; chmod 755 folder/inner")]
    public void ConfirmRehashed_ContentOrModeChanged_NotConfirmed(string what, string command)
    {
        _run.Keep();
        Shell(command);

        Assert.False(_run.IsConfirmed(isRehashed: true), what);
    }

    [Theory]
    [InlineData("touched", "touch folder/inner")]
    [InlineData("back to the content it had, after an edit", "printf INNER > folder/inner; printf inner > folder/inner")]
    public void Confirm_StampsChangedAndContentNot_Confirmed(string what, string command)
    {
        _run.Keep();
        Shell(command);

        Assert.True(_run.IsConfirmed(), what);
        Assert.True(_run.IsConfirmed(isRehashed: true), what);
    }

    [Theory]
    [InlineData("edited to the same length", "printf INNER > folder/inner")]
    [InlineData("touched, and its mode changed", "touch folder/inner; chmod 755 folder/inner")]
    public void Confirm_MoreThanStampsChanged_NotConfirmed(string what, string command)
    {
        _run.Keep();
        Shell(command);

        Assert.False(_run.IsConfirmed(), what);
    }

    [Fact]
    public void Confirm_MuchWasTouched_LeftToARunInFull()
    {
        Shell("truncate -s 17M large");
        _run.Keep(more: ["large"]);
        Shell("touch large");

        Assert.False(_run.IsConfirmed());
    }

    [Fact]
    public void Confirm_AnotherRunCommitted_NotConfirmed()
    {
        _run.Keep();
        using (var store = _run.Workspace.Open())
        {
            store.Commit(Sample.State(2, 2));
        }

        Assert.False(_run.IsConfirmed());
    }

    [Fact]
    public void Confirm_AnotherRunIsUnderWayAndHasCommitted_NotConfirmed()
    {
        _run.Keep();
        using var store = _run.Workspace.Open();
        store.Commit(Sample.Intent(2, 2));

        Assert.False(_run.IsConfirmed());
    }

    [Fact]
    public void Confirm_AnotherRunOpenedAndDidNothing_Confirmed()
    {
        _run.Keep();
        _run.Workspace.Open().Dispose();

        Assert.True(_run.IsConfirmed());
    }

    [Fact]
    public void Confirm_WorkspaceMovedToAnotherPlace_NotConfirmed()
    {
        _run.Keep();
        _run.Workspace.MoveTo(_run.Workspace.Root + "-moved");

        // Its look at an absolute path finds nothing.
        Assert.False(_run.IsConfirmed());
    }

    [Fact]
    public void Confirm_ManyLooks_EachCounts()
    {
        var names = Enumerable.Range(0, 10_000).Select(i => $"many/{i}").ToList();
        Directory.CreateDirectory(_run.PathOf("many"));
        names.ForEach(name => File.WriteAllText(_run.PathOf(name), name));
        _run.Keep(names);
        Assert.True(_run.IsConfirmed());
        Assert.True(_run.IsConfirmed(isRehashed: true));

        File.WriteAllText(_run.PathOf("many/9999"), "x");
        Assert.False(_run.IsConfirmed());
        Assert.False(_run.IsConfirmed(isRehashed: true));
    }

    [Fact]
    public void Remember_MoreThanAreKept_OldestGo()
    {
        for (var i = 0; i < 20; i++)
        {
            _run.Keep(circumstances: Digest.OfText($"{i}"));
        }

        Assert.Equal(16, Directory.GetFiles(Path.Combine(_run.Workspace.Store, "null-runs")).Length);
    }

    [Fact]
    public void Remember_FolderCannotBeMade_NothingThrown()
    {
        _run.Workspace.Open().Dispose();
        File.WriteAllText(Path.Combine(_run.Workspace.Store, "null-runs"), string.Empty);
        _run.Keep();

        Assert.False(_run.IsConfirmed());
    }

    private string Listing() => string.Join('\n', Directory.EnumerateFileSystemEntries(_run.Workspace.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"{path} {File.GetLastWriteTimeUtc(path).Ticks}"));

    private void Shell(string command)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _run.Workspace.Root })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
