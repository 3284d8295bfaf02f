using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.NullRuns;

/// <summary>After a run of a part the memory is as if everything had been looked at, or it is forgotten.</summary>
public sealed class AmendmentTests : IDisposable
{
    private readonly Affected _run = new Affected(("first", ["a"]), ("join", ["first", "b"])).Keep();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Amend_PartWasRun_NextRunHoldsAndKnowsWhatItSaves()
    {
        for (var round = 0; round < 3; round++)
        {
            _run.Workspace.Write("b", $"edited {round}");
            _run.RunPart("join", $"joined {round}");

            var found = _run.Find()!;
            Assert.True(found.Holds);
            Assert.Equal(77, found.Run.SavedSeconds);
        }

        _run.Workspace.Write("join", "joined X");
        Assert.False(_run.Find()!.Holds);
        _run.Workspace.Write("join", "joined 2");
        Assert.True(_run.Find()!.Holds);
        _run.Workspace.Write("a", "edited");
        Assert.NotNull(_run.Part());
    }

    [Fact]
    public void Amend_CutOffAnywhereOrAnyByteFlipped_NotBelieved()
    {
        var before = File.ReadAllBytes(_run.Memory).Length;
        _run.Workspace.Write("b", "edited");
        _run.RunPart("join", "joined");
        var whole = File.ReadAllBytes(_run.Memory);
        Assert.True(whole.Length > before);
        for (var at = before; at < whole.Length; at++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[at] ^= 0x10;
            File.WriteAllBytes(_run.Memory, bytes);
            Assert.Null(_run.Find());
            // Without the whole amendment the store is not as the null run left it.
            File.WriteAllBytes(_run.Memory, whole[..at]);
            Assert.Null(_run.Find());
        }
    }

    [Fact]
    public void Amend_MadeForAnotherMemory_NotBelieved()
    {
        var before = File.ReadAllBytes(_run.Memory).Length;
        _run.Workspace.Write("b", "edited");
        _run.RunPart("join", "joined");
        var amendment = File.ReadAllBytes(_run.Memory)[before..];
        _run.Keep();
        Assert.True(_run.Find()!.Holds);

        File.WriteAllBytes(_run.Memory, [.. File.ReadAllBytes(_run.Memory), .. amendment]);
        Assert.Null(_run.Find());
    }

    [Fact]
    public void Amend_SourceChangedAgainMeanwhile_Forgotten()
    {
        _run.Workspace.Write("b", "edited");
        var part = _run.Part()!;
        var store = _run.Workspace.Open();
        store.Commit(Sample.State(2, 2));
        store.Dispose();

        // Nothing that the store knows says what the file holds now.
        store.Amend(part, part.Run, _run.Facts(part));
        Assert.False(File.Exists(_run.Memory));
        Assert.Null(_run.Find());
    }

    [Fact]
    public void Amend_StepsWereToldOtherThingsOfASource_Forgotten()
    {
        _run.Workspace.Write("b", "edited");
        var part = _run.Part()!;
        var store = _run.Workspace.Open();
        store.Commit([.. _run.Facts(part)]);
        store.Dispose();

        store.Amend(part, part.Run, null);
        Assert.False(File.Exists(_run.Memory));
    }

    [Fact]
    public void Amend_MemoryGoneMeanwhile_NothingThrown()
    {
        _run.Workspace.Write("b", "edited");
        var part = _run.Part()!;
        var store = _run.Workspace.Open();
        store.Dispose();
        Directory.Delete(Path.GetDirectoryName(_run.Memory)!, recursive: true);

        store.Amend(part, part.Run, _run.Facts(part));
        Assert.Null(_run.Find());
    }

    [Fact]
    public void IsAsLeft_AnotherRunCommittedMeanwhile_No()
    {
        _run.Workspace.Write("b", "edited");
        var part = _run.Part()!;
        using (var store = _run.Workspace.Open())
        {
            Assert.True(store.IsAsLeft(part));
        }

        using (var other = _run.Workspace.Open())
        {
            other.Commit(Sample.State(2, 2));
        }

        using var late = _run.Workspace.Open();
        Assert.False(late.IsAsLeft(part));
    }
}
