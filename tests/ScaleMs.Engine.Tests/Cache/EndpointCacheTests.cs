using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests.Cache;

/// <summary>Results that workspaces share through an endpoint.</summary>
public sealed class EndpointCacheTests : IDisposable
{
    private readonly EndpointPlace _place = new();
    private readonly List<TestStudy> _studies = [];

    public void Dispose()
    {
        _studies.ForEach(study => study.Dispose());
        _place.Dispose();
    }

    [Fact]
    public void Run_InASecondWorkspace_TakesWhatTheFirstMade()
    {
        Study().Run(Made);
        var second = Study();
        second.Run(Made);
        Assert.Equal("t/made t/read", second.Of(Outcome.Restored));
        Assert.Equal("text\ntext\n", second.Read("read.txt"));
        Assert.Empty(second.CacheNotices);
        Assert.Empty(_place.Leads);
    }

    [Fact]
    public void Plan_InASecondWorkspace_KnowsWhatIsThereAndTakesNothing()
    {
        Study().Run(Made);
        var second = Study();
        var plan = second.Run(Made, request => request with { PlanOnly = true }).Plan;
        Assert.All(plan, step => Assert.Equal((PlanKind.Restore, $"recorded in the shared cache {_place.Address}"), (step.Kind, step.Reason.Text)));
        Assert.False(Directory.Exists(second.PathOf(".scalems")));
    }

    [Fact]
    public void Run_OfAReader_AddsNothing()
    {
        var reader = Study(isReadOnly: true);
        reader.Run(Made);
        Assert.Equal("t/made t/read", reader.Ran);
        Assert.False(Directory.Exists(Path.Combine(_place.Root, "records")));
    }

    [Theory]
    [InlineData("records")]
    [InlineData("sha256")]
    public void Run_OfWhatIsDamagedThere_MakesItAndPutsItRight(string folder)
    {
        Study().Run(Made);
        foreach (var file in Directory.GetFiles(Path.Combine(_place.Root, folder), "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            bytes[0] ^= 1;
            File.WriteAllBytes(file, bytes);
        }

        var (second, third) = (Study(), Study());
        second.Run(Made);
        third.Run(Made);
        Assert.Equal("text\ntext\n", second.Read("read.txt"));
        Assert.Contains(second.CacheNotices, notice => notice.Contains("missing", StringComparison.Ordinal));
        Assert.Equal("t/made t/read", third.Of(Outcome.Restored));
        Assert.Empty(third.CacheNotices);
    }

    [Fact]
    public void Run_OfWhatLostItsBytesThere_MakesItAgain()
    {
        Study().Run(Made);
        Directory.Delete(Path.Combine(_place.Root, "sha256"), recursive: true);
        var second = Study();
        second.Run(Made);
        Assert.Equal("t/made t/read", second.Ran);
        var third = Study();
        third.Run(Made);
        Assert.Equal("t/made t/read", third.Of(Outcome.Restored));
    }

    [Fact]
    public void Run_WithoutTheEndpoint_GoesOnAloneAndSaysSoOnce()
    {
        _place.Stop();
        var study = Study();
        study.Run(Made);
        Assert.Equal("t/made t/read", study.Ran);
        Assert.StartsWith($"cannot use the shared cache '{_place.Address}': Connection refused", Assert.Single(study.CacheNotices), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithAnotherToken_GoesOnAloneAndSaysWhatIsWrong()
    {
        var study = Study(token: "fedcba9876543210-token");
        study.Run(Made);
        Assert.Equal("t/made t/read", study.Ran);
        Assert.Contains("the token in SCALEMS_BLOB_TOKEN is not its token", Assert.Single(study.CacheNotices), StringComparison.Ordinal);
        Assert.DoesNotContain("fedcba", study.CacheNotices[0], StringComparison.Ordinal);
    }

    private static void Made(StepBuilder steps)
    {
        var made = steps.Shell("made", "echo text > made.txt").Output("made.txt");
        steps.Shell("read", "cat made.txt made.txt > read.txt").Input("made.txt", made.File("made.txt")).Output("read.txt", publish: "read.txt");
    }

    private TestStudy Study(bool isReadOnly = false, string token = CachePlace.Token)
    {
        _studies.Add(new TestStudy { Cache = _place.Address, CacheUse = options => options with { Token = token, IsReadOnly = isReadOnly || options.IsReadOnly } });
        return _studies[^1];
    }
}
