using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using Xunit;

namespace ScaleMs.Launchers.Tests.Remote;

public sealed class RemoteAttemptsTests : IDisposable
{
    private static readonly RemoteTiming Quick = new() { Tick = TimeSpan.FromMilliseconds(20), Look = TimeSpan.FromMilliseconds(200), FileDelay = TimeSpan.FromMilliseconds(300) };

    private readonly WrapperSpace _space = new();
    private readonly List<string> _lines = [];

    public void Dispose() => _space.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Attempt_Ends_ResultLogAndOutputsAreTaken(bool isThroughAShell)
    {
        var request = _space.Request(LaunchSpace.Shell("echo 1; echo made > out; exit 3")) with { AllowedExitCodes = [3], Outputs = [new LaunchOutput(ArtifactPath.Parse("out"))] };
        var result = await RunAsync(request, View(isThroughAShell));
        Assert.Equal((LaunchEnd.Exited, 3, Environment.MachineName), (result.End, result.ExitCode, result.Host));
        Assert.Equal(["1"], _lines);
        await Poll.UntilAsync(() => Directory.GetFiles(Path.Combine(_space.Top, AttemptFiles.Ended)).Length == 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_OfARunningAttempt_EndsItThere(bool isThroughAShell)
    {
        using var source = new CancellationTokenSource();
        var run = RunAsync(_space.Request(LaunchSpace.Shell(": > ready; sleep 1000")), View(isThroughAShell), source.Token);
        await Poll.UntilAsync(() => _space.Has("ready"));
        await source.CancelAsync();
        Assert.Equal((LaunchEnd.Cancelled, 143), ((await run).End, (await run).ExitCode));
        Assert.Empty(_space.Left());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_OfAQueuedAttempt_NoWrapperEverRunsIt(bool isThroughAShell)
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var request = _space.Request(LaunchSpace.Shell("echo ran"));
        _space.Order(request);
        Assert.Equal(LaunchEnd.Cancelled, (await AwaitAsync(request, View(isThroughAShell), source.Token)).End);
        using var late = _space.Start();
        await late.WaitForExitAsync();
        Assert.Equal((0, string.Empty), (late.ExitCode, _space.Log));
    }

    [Fact]
    public async Task Attempt_EndedBeforeItIsAwaited_IsTakenOver()
    {
        var request = _space.Request(LaunchSpace.Shell("echo 1"));
        await _space.RunAsync(request);
        var result = await AwaitAsync(request, new FileView());
        Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode));
        Assert.Equal(["1"], _lines);
    }

    [Theory]
    [InlineData("files/out", "other")]
    [InlineData("files/out", null)]
    public async Task Output_IsNotAsTheNodeSaysHere_IsAFailureOfTheSite(string file, string? content)
    {
        var request = _space.Request(LaunchSpace.Shell("echo made > out")) with { Outputs = [new LaunchOutput(ArtifactPath.Parse("out"))] };
        await _space.RunAsync(request);
        File.Delete(_space.PathOf(file));
        await File.WriteAllTextAsync(_space.PathOf(content is null ? "unused" : file), content);
        var result = await AwaitAsync(request, new FileView());
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.StartsWith("the output 'out' is not here as the node wrote it: ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_IsSeenLate_IsWaitedFor()
    {
        var request = _space.Request(LaunchSpace.Shell("echo made > out")) with { Outputs = [new LaunchOutput(ArtifactPath.Parse("out"))] };
        await _space.RunAsync(request);
        File.Move(_space.FileOf("out"), _space.FileOf("unseen"));
        var run = AwaitAsync(request, new FileView(), timing: Quick with { FileDelay = TimeSpan.FromMinutes(1) });
        Assert.False(run.IsCompleted);
        File.Move(_space.FileOf("unseen"), _space.FileOf("out"));
        Assert.Equal(LaunchEnd.Exited, (await run).End);
    }

    [Fact]
    public async Task Result_OfAnotherAction_IsNotBelieved()
    {
        await _space.RunAsync(_space.Request(LaunchSpace.Shell(":")) with { Key = "another" });
        var result = await AwaitAsync(_space.Request(LaunchSpace.Shell(":")), new FileView());
        Assert.Equal((LaunchEnd.NodeLost, "the node's result.json tells of another action: nothing of the attempt is taken"), (result.End, result.Message));
    }

    [Fact]
    public async Task Site_KnowsTheAttemptNoLonger_ResultStillCountsElseItsWord()
    {
        var request = _space.Request(LaunchSpace.Shell(":"));
        _space.Order(request);
        var never = await AwaitAsync(request, new FileView(), told: attempt => attempt.TellGone(LaunchEnd.NodeLost, "NODE_FAIL"));
        Assert.Equal((LaunchEnd.NeverStarted, "NODE_FAIL"), (never.End, never.Message));
        var lost = await AwaitAsync(request, new FileView(), told: attempt => attempt.TellGone(LaunchEnd.NodeLost, "NODE_FAIL"));
        Assert.Equal((LaunchEnd.NodeLost, "NODE_FAIL; it left no result within 0.3 s"), (lost.End, lost.Message));
    }

    [Fact]
    public async Task Heartbeat_StaysTheSame_NodeIsLostAndALiveOneIsAskedToEnd()
    {
        Directory.CreateDirectory(_space.PathOf(AttemptFiles.Claim));
        await File.WriteAllTextAsync(_space.PathOf(AttemptFiles.Heartbeat), "7\n");
        var result = await AwaitAsync(_space.Request(), new FileView(), timing: Quick with { Silence = TimeSpan.FromSeconds(1) });
        Assert.Equal((LaunchEnd.NodeLost, "the node gave no sign of life for 1 s"), (result.End, result.Message));
        Assert.True(File.Exists(_space.PathOf(AttemptFiles.Cancel)));
    }

    [Fact]
    public async Task Attempt_NobodyClaims_NeverStarted()
    {
        var result = await AwaitAsync(_space.Request(), new FileView(), timing: Quick with { NeverStarts = TimeSpan.FromMilliseconds(100) });
        Assert.Equal((LaunchEnd.NeverStarted, "no wrapper took it within 0.1 s"), (result.End, result.Message));
        Assert.True(Directory.Exists(_space.PathOf(AttemptFiles.Claim)));
    }

    private static IAttemptView View(bool isThroughAShell) => isThroughAShell ? new ShellView(new LocalShell()) : new FileView();

    private Task<LaunchResult> RunAsync(LaunchRequest request, IAttemptView view, CancellationToken cancellation = default)
    {
        var staging = new SharedStaging(_space.Site, Quick.FileDelay);
        var run = new RemoteRun(new RemoteAttempts(view, Quick, TimeProvider.System), staging, path => view is FileView ? new FileLogSource(path) : new ShellLogSource(new LocalShell(), path));
        return run.RunAsync(request, Hear, Submit, cancellation);
    }

    private Task Submit(RemoteAttempt attempt)
    {
        _space.Start().Dispose();
        return Task.CompletedTask;
    }

    private Task<LaunchResult> AwaitAsync(
        LaunchRequest request, IAttemptView view, CancellationToken cancellation = default, RemoteTiming? timing = null, Action<RemoteAttempt>? told = null)
    {
        var staging = new SharedStaging(_space.Site, (timing ?? Quick).FileDelay);
        var run = new RemoteRun(new RemoteAttempts(view, timing ?? Quick, TimeProvider.System), staging, path => new FileLogSource(path));
        return run.TakeOverAsync(request, AttemptPlace.Shared(request.Directory), Hear, told ?? (_ => { }), cancellation);
    }

    private void Hear(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
        }
    }
}
