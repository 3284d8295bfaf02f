using ScaleMs.Core.Planning;
using ScaleMs.Reporting;
using Xunit;

namespace ScaleMs.Engine.Tests.Forms;

/// <summary>Plans and explanations of members that a step lists, with a real store: wherever the list's bytes lie, they are known.</summary>
public sealed class KnownExpansionTests : IDisposable
{
    private readonly string _cache = Path.Combine(Directory.CreateTempSubdirectory("scalems-known-").FullName, "cache");
    private readonly List<TestStudy> _studies = [];

    public void Dispose()
    {
        _studies.ForEach(study => study.Dispose());
        Directory.Delete(Path.GetDirectoryName(_cache)!, recursive: true);
    }

    [Fact]
    public void Plan_OfAListThatOnlyTheSharedCacheHolds_KnowsItsMembers()
    {
        Study().Run(Frames);
        var second = Study();
        Assert.Equal("t/list Restore, t/frame[frame=a] Restore, t/frame[frame=b] Restore", Plan(second));
        Assert.False(Directory.Exists(second.PathOf(".scalems")));
        second.Run(Frames);
        Assert.Equal(string.Empty, second.Ran);
    }

    [Fact]
    public void Plan_OfAListThatIsDamagedInTheSharedCache_SaysThatItIsMadeAgain()
    {
        Study().Run(Frames);
        foreach (var blob in Directory.GetFiles(Path.Combine(_cache, "blobs"), "*", SearchOption.AllDirectories).Where(file => File.ReadAllText(file) == "a\nb\n"))
        {
            File.Delete(blob);
            File.WriteAllText(blob, "a\nc\n");
        }

        var second = Study();
        Assert.Equal("t/list Certain; open: t/list has made list.txt", Plan(second));
        second.Run(Frames);
        Assert.Equal("t/list", second.Ran);
    }

    [Fact]
    public void Plan_OfAListWhoseBytesOnlyAnotherPublishedFileHolds_KnowsItsMembers()
    {
        var study = Study();
        Action<StepBuilder> both = steps =>
        {
            Frames(steps);
            steps.Shell("twin", "printf 'a\\nb\\n' > twin.txt").Output("twin.txt", publish: "twin.txt");
        };
        study.Run(both);
        study.Delete(".scalems/blobs/sha256");
        study.Delete(_cache);
        Assert.Equal("t/list UpToDate, t/twin UpToDate, t/frame[frame=a] UpToDate, t/frame[frame=b] UpToDate", Plan(study, both));
    }

    [Fact]
    public void Why_OfAMemberThatAStepListed_NamesItsOwnCause()
    {
        var study = Study();
        study.Run(Frames);
        study.Write("data/b.txt", "other\n");
        var told = Why(study, "t/frame[frame=b]");
        Assert.StartsWith("t/frame[frame=b]: will run\n  input data changed from data/b.txt (", told, StringComparison.Ordinal);
        Assert.Contains("read by t/frame[frame=b]", told, StringComparison.Ordinal);
        Assert.StartsWith("t/frame[frame=a]: up to date since run ", Why(study, "t/frame[frame=a]"), StringComparison.Ordinal);
    }

    [Fact]
    public void Why_OfAMemberThatIsUnknownYet_SaysWhatMakesItKnown()
    {
        var study = Study();
        var report = study.Run(Frames, request => request with { Explain = ["t/frame[frame=b]"] });
        Assert.Empty(report.Explanations);
        Assert.Equal("t/list has made list.txt", Assert.Single(report.Open).Until);
        Assert.StartsWith("no step of the target is called 't/frame[frame=b]', as far as its steps are known: ", Assert.Single(report.Undecided), StringComparison.Ordinal);
    }

    private TestStudy Study()
    {
        var study = new TestStudy { Cache = _cache };
        study.Write("in.txt", "a\nb\n");
        study.Write("data/a.txt", "a\n");
        study.Write("data/b.txt", "b\n");
        _studies.Add(study);
        return study;
    }

    private static void Frames(StepBuilder steps)
    {
        var list = steps.Shell("list", "cat in.txt > list.txt").Input("in.txt", new SourceFile("in.txt")).Output("list.txt");
        steps.Expand("frame", list.File("list.txt"), (member, name) => member.Shell("frame", "cat data > out").Input("data", new SourceFile($"data/{name}.txt")).Output("out"));
    }

    private static string Plan(TestStudy study, Action<StepBuilder>? define = null)
    {
        var report = study.Run(define ?? Frames, request => request with { PlanOnly = true });
        return string.Join(", ", report.Plan.Select(step => $"{step.Step.Id} {step.Kind}")) + string.Concat(report.Open.Select(open => $"; open: {open.Until}"));
    }

    private static string Why(TestStudy study, string step) =>
        string.Join('\n', study.Run(Frames, request => request with { Explain = [step] }).Explanations.SelectMany(ExplanationText.Lines));
}
