using System.Diagnostics;
using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Launchers.Amqp.Client;

namespace ScaleMs.Amqp.Tests;

/// <summary>Losing a worker, its network, the client or the broker loses nothing.</summary>
public sealed class LosingTests(RabbitNode node)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Worker_KilledInTheMiddle_AnotherOneExecutesAndOneResultIsCommitted()
    {
        await using var space = FarmSpace.New(node);
        var begun = Path.Combine(space.Root, "begun");
        var first = space.StartWorkerProcess("first", Lease);
        await using var client = space.Client();
        var request = space.Request($"echo x >> {begun}; while [ -d {space.Root} ] && [ ! -e {begun}.go ]; do sleep 0.05; done; echo done > out", "out");
        var running = client.RunAsync(request, null, CancellationToken.None);
        await Poll.UntilAsync(() => File.Exists(begun));
        first.Kill(entireProcessTree: true);
        space.StartWorker(space.WorkerOptions("second"));
        await Poll.UntilAsync(() => File.ReadAllLines(begun).Length == 2);
        File.WriteAllText(begun + ".go", string.Empty);
        Assert.Equal(LaunchEnd.Exited, (await running).End);
        Assert.Equal("done\n", File.ReadAllText(Path.Combine(request.Directory, "out")));
        Assert.Equal(2, File.ReadAllLines(begun).Length);
    }

    [Fact]
    public async Task Worker_StartedAfterOneThatWasKilled_EndsWhatThatOneLeftRunning()
    {
        await using var space = FarmSpace.New(node);
        var begun = Path.Combine(space.Root, "begun");
        var first = space.StartWorkerProcess("w", Lease);
        await using var client = space.Client();
        var running = client.RunAsync(space.Request($"echo $$ >> {begun}; [ $(wc -l < {begun}) = 2 ] || exec sleep 1000"), null, CancellationToken.None);
        await Poll.UntilAsync(() => File.Exists(begun) && File.ReadAllLines(begun).Length == 1);
        first.Kill();
        await first.WaitForExitAsync();
        space.StartWorker(space.WorkerOptions("w"));
        Assert.Equal(LaunchEnd.Exited, (await running).End);
        Assert.False(Runs(File.ReadAllLines(begun)[0]));
        Assert.Single(Directory.EnumerateDirectories(space.WorkerOptions("w").Directory, "attempts-*"));
    }

    /// <summary>A process whose parent is gone may stay as a zombie: it has no command line any more.</summary>
    private static bool Runs(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Worker_CutOffForLongerThanItsLease_EndsWhatItRunsAndPublishesNothing()
    {
        await using var space = FarmSpace.New(node);
        await using var relay = new TcpRelay(node.Port);
        var begun = Path.Combine(space.Root, "begun");
        var cut = space.StartWorker(space.WorkerOptions("cut") with { Broker = RabbitNode.Address(relay.Port) });
        await using var client = space.Client();
        var request = space.Request($"echo $$ >> {begun}; while [ -d {space.Root} ] && [ ! -e {begun}.go ]; do sleep 0.05; done; echo done > out", "out");
        var running = client.RunAsync(request, null, CancellationToken.None);
        await Poll.UntilAsync(() => File.Exists(begun) && cut.Describe().Running.Count == 1);
        relay.Cut();
        var pid = File.ReadAllLines(begun)[0];
        await Poll.UntilAsync(() => cut.Tally.Fenced == 1);
        Assert.False(Directory.Exists($"/proc/{pid}"));
        space.StartWorker(space.WorkerOptions("other"));
        await Poll.UntilAsync(() => File.ReadAllLines(begun).Length == 2);
        relay.Mend();
        File.WriteAllText(begun + ".go", string.Empty);
        Assert.Equal(LaunchEnd.Exited, (await running).End);
        Assert.Equal((0, 2), (cut.Tally.Done, File.ReadAllLines(begun).Length));
    }

    [Fact]
    public async Task Worker_DrainedWithoutTheBroker_EndsAfterItsLease()
    {
        await using var space = FarmSpace.New(node);
        await using var relay = new TcpRelay(node.Port);
        using var drain = new CancellationTokenSource();
        var begun = Path.Combine(space.Root, "begun");
        var cut = space.StartWorker(space.WorkerOptions("cut") with { Broker = RabbitNode.Address(relay.Port), Slots = 1 }, drain.Token);
        await using var client = space.Client();
        var requests = Enumerable.Range(0, 2).Select(_ => space.Request($"echo x >> {begun}; while [ -d {space.Root} ] && [ ! -e {begun}.go ]; do sleep 0.05; done")).ToList();
        var running = requests.Select(request => client.RunAsync(request, null, CancellationToken.None)).ToList();
        await Poll.UntilAsync(() => File.Exists(begun) && cut.Waiting == 1);
        relay.Cut();
        await Poll.UntilAsync(() => !cut.IsConnected);
        await drain.CancelAsync();
        await space.Workers.WaitAsync(Patience);
        File.WriteAllText(begun + ".go", string.Empty);
        space.StartWorker(space.WorkerOptions("other"));
        Assert.All(await Task.WhenAll(running).WaitAsync(Patience), result => Assert.Equal(LaunchEnd.Exited, result.End));
    }

    [Fact]
    public async Task Worker_CutOffForAMoment_KeepsWhatItRuns()
    {
        await using var space = FarmSpace.New(node);
        await using var relay = new TcpRelay(node.Port);
        var begun = Path.Combine(space.Root, "begun");
        var options = space.WorkerOptions("cut") with { Broker = RabbitNode.Address(relay.Port), Lease = TimeSpan.FromSeconds(20) };
        var worker = space.StartWorker(options);
        await using var client = space.Client();
        var request = space.Request($"echo $$ >> {begun}; while [ -d {space.Root} ] && [ ! -e {begun}.go ]; do sleep 0.05; done; echo done > out", "out");
        var running = client.RunAsync(request, null, CancellationToken.None);
        await Poll.UntilAsync(() => File.Exists(begun) && worker.HoldsAll);
        relay.Cut();
        await Poll.UntilAsync(() => !worker.IsConnected);
        relay.Mend();
        await Poll.UntilAsync(() => worker.IsConnected);
        File.WriteAllText(begun + ".go", string.Empty);
        Assert.Equal(LaunchEnd.Exited, (await running).End);
        Assert.Single(File.ReadAllLines(begun));
        await Poll.UntilAsync(() => worker.Tally.Done == 1);
    }

    [Fact]
    public async Task Client_KilledInTheMiddle_ItsSuccessorTakesTheAttemptOver()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker();
        var begun = Path.Combine(space.Root, "begun");
        var script = $"echo x >> {begun}; while [ -d {space.Root} ] && [ ! -e {begun}.go ]; do sleep 0.05; done; echo done > out; echo said";
        var client = space.StartProcess("--client", space.Farm, space.Root, $"{space.Port}", script);
        await Poll.UntilAsync(() => File.Exists(begun));
        client.Kill();
        await client.WaitForExitAsync();
        var root = Path.Combine(space.Root, "work", "taken");
        await using var successor = space.Client();
        Assert.True(successor.CanTakeOver(root));
        await using var other = new AmqpLauncher(space.ClientOptions with { Site = "another broker" });
        Assert.False(other.CanTakeOver(root), "farms of two brokers may have one name, and the result comes to one of them");
        File.WriteAllText(begun + ".go", string.Empty);
        var request = FarmSpace.RequestAt(root, script, "out") with { IsTakenOver = true };
        var lines = new List<string>();
        Assert.Equal(LaunchEnd.Exited, (await successor.RunAsync(request, lines.Add, CancellationToken.None)).End);
        Assert.Equal("done\n", File.ReadAllText(Path.Combine(request.Directory, "out")));
        Assert.Equal(["said"], lines);
        Assert.Single(File.ReadAllLines(begun));

        // Killed again after the result came: it is still there.
        File.Delete(Path.Combine(request.Directory, "out"));
        await using var third = space.Client();
        Assert.Equal(LaunchEnd.Exited, (await third.RunAsync(request, null, CancellationToken.None)).End);
        Assert.Equal("done\n", File.ReadAllText(Path.Combine(request.Directory, "out")));
        Assert.Equal("said\n", File.ReadAllText(request.LogFile));
    }

    [Fact]
    public async Task Cancel_WhenTheResultIsHere_TakesWhatItNames()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker();
        await using var client = space.Client();
        var request = space.Request("echo done > out", "out");
        Assert.Equal(LaunchEnd.Exited, (await client.RunAsync(request, null, CancellationToken.None)).End);
        File.Delete(Path.Combine(request.Directory, "out"));
        Assert.Equal(LaunchEnd.Exited, (await client.RunAsync(request with { IsTakenOver = true }, null, new CancellationToken(canceled: true))).End);
        Assert.Equal("done\n", File.ReadAllText(Path.Combine(request.Directory, "out")));
    }

    [Fact]
    public async Task Attempt_OfWhichAKilledClientTookAnOutput_HasItAgainThoughTheFarmHasItNoMore()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker();
        await using var client = space.Client();
        var request = space.Request("head -c 1000000 /dev/zero > out", "out");
        Assert.Equal(LaunchEnd.Exited, (await client.RunAsync(request, null, CancellationToken.None)).End);
        var taken = Path.Combine(space.Root, "taken");
        File.Move(Path.Combine(request.Directory, "out"), taken);
        Directory.Delete(space.Blobs, recursive: true);
        var again = await client.RunAsync(request with { IsTakenOver = true }, null, CancellationToken.None);
        Assert.Equal(LaunchEnd.NodeLost, again.End);
        var digest = Digest.Of(new byte[1_000_000]);
        again = await client.RunAsync(request with { IsTakenOver = true, FindTaken = asked => asked == digest ? taken : null }, null, CancellationToken.None);
        Assert.Equal((LaunchEnd.Exited, string.Empty), (again.End, again.Message));
        Assert.Equal(1_000_000, new FileInfo(Path.Combine(request.Directory, "out")).Length);
        Assert.Equal(1_000_000, new FileInfo(taken).Length);
    }

    [Fact]
    public async Task Action_ThatEndsEveryWorker_IsPutAsideWithAClearFailure()
    {
        await using var space = FarmSpace.New(node);
        await using var client = space.Client();
        var running = client.RunAsync(space.Request("kill -9 $PPID; sleep 10"), null, CancellationToken.None);
        var killed = 0;
        while (!running.IsCompleted && killed < 10)
        {
            var worker = space.StartWorkerProcess($"w{killed}", TimeSpan.FromSeconds(1));
            await Task.WhenAny(running, worker.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60)));
            killed += worker.HasExited ? 1 : 0;
        }

        var result = await running.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.Contains("5 workers were lost while they had it", result.Message, StringComparison.Ordinal);
        Assert.Equal(5, killed);
    }

    [Fact]
    public async Task Worker_Drained_FinishesWhatRunsAndTakesNoMore()
    {
        await using var space = FarmSpace.New(node);
        using var drain = new CancellationTokenSource();
        var begun = Path.Combine(space.Root, "begun");
        var draining = space.StartWorker(space.WorkerOptions("draining") with { Slots = 1 }, drain.Token);
        await using var client = space.Client();
        string Script(int i) => $"echo {i} >> {begun}; while [ -d {space.Root} ] && [ ! -e {begun}.go ]; do sleep 0.05; done";
        var first = client.RunAsync(space.Request(Script(1)), null, CancellationToken.None);
        await Poll.UntilAsync(() => File.Exists(begun));
        var second = client.RunAsync(space.Request(Script(2)), null, CancellationToken.None);
        await drain.CancelAsync();
        await Poll.UntilAsync(() => draining.Describe().IsDraining);
        File.WriteAllText(begun + ".go", string.Empty);
        Assert.Equal(LaunchEnd.Exited, (await first).End);
        await space.Workers;
        Assert.Equal(["1"], File.ReadAllLines(begun));
        space.StartWorker(space.WorkerOptions("next"));
        Assert.Equal(LaunchEnd.Exited, (await second).End);
    }

    [Fact]
    public async Task Attempt_WhoseBrokerWasSetUpAnew_IsTakenOverAsLost()
    {
        await using var space = FarmSpace.New(node);
        var root = await LeftAsync(space);
        await using var broker = await Impostor.JoinAsync(space);
        await broker.DeleteAsync(AttemptJournal.Read(root)!.Note.ReplyTo);
        await using var successor = space.Client();
        var result = await successor.RunAsync(FarmSpace.RequestAt(root, "true", "out") with { IsTakenOver = true }, null, CancellationToken.None).WaitAsync(Patience);
        Assert.Equal((LaunchEnd.NodeLost, false), (result.End, result.IsLasting));
        Assert.Contains("was set up anew", result.Message, StringComparison.Ordinal);
        Assert.False(successor.CanTakeOver(root));
    }

    [Fact]
    public async Task Attempt_WhoseReplyQueueWasDeletedMeanwhile_IsLostAndTheClientGoesOn()
    {
        await using var space = FarmSpace.New(node);
        await using var client = space.Client();
        await using var broker = await Impostor.JoinAsync(space);
        var request = space.Request("true");
        var running = client.RunAsync(request, null, CancellationToken.None);
        await Poll.UntilAsync(() => FarmSpace.IsSent(request));
        await broker.DeleteAsync(AttemptJournal.Read(FarmSpace.RootOf(request))!.Note.ReplyTo);
        Assert.Equal(LaunchEnd.NodeLost, (await running.WaitAsync(Patience)).End);
        space.StartWorker();
        Assert.Equal(LaunchEnd.Exited, (await client.RunAsync(space.Request("true"), null, CancellationToken.None).WaitAsync(Patience)).End);
        await broker.DeleteAsync(broker.Queue);
        Assert.Equal(LaunchEnd.Exited, (await client.RunAsync(space.Request("true"), null, CancellationToken.None).WaitAsync(Patience)).End);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Attempt_WhoseMessageIsGone_IsLost(bool isTakenOver)
    {
        await using var space = FarmSpace.New(node);
        await using var broker = await Impostor.JoinAsync(space);
        await using var client = new AmqpLauncher(space.ClientOptions with { LostPatience = TimeSpan.FromSeconds(1) });
        var request = isTakenOver ? FarmSpace.RequestAt(await LeftAsync(space), "true") with { IsTakenOver = true } : space.Request("true");
        var running = client.RunAsync(request, null, CancellationToken.None);
        await Poll.UntilAsync(() => FarmSpace.IsSent(request));
        await broker.PurgeAsync(broker.Queue);
        var result = await running.WaitAsync(Patience);
        Assert.Equal((LaunchEnd.NodeLost, false), (result.End, result.IsLasting));
        Assert.Contains("neither in its queue nor with a worker", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempt_ThatRunsForLong_IsFoundAtItsWorkerAgainAndAgain()
    {
        await using var space = FarmSpace.New(node);
        await using var broker = await Impostor.JoinAsync(space);
        await using var client = new AmqpLauncher(space.ClientOptions with { LostPatience = TimeSpan.FromSeconds(10) });
        space.StartWorker(space.WorkerOptions() with { Announcement = TimeSpan.FromHours(1), Lease = TimeSpan.FromSeconds(2) });
        var asked = 0;
        await broker.HearAsync(notice => Interlocked.Add(ref asked, notice.Sought?.Count ?? 0));
        var go = Path.Combine(space.Root, "go");
        var running = client.RunAsync(space.Request($"while [ -d {space.Root} ] && [ ! -e {go} ]; do sleep 0.05; done"), null, CancellationToken.None);
        await Poll.UntilAsync(() => Volatile.Read(ref asked) >= 5 || running.IsCompleted);
        File.WriteAllText(go, string.Empty);
        Assert.Equal(LaunchEnd.Exited, (await running).End);
    }

    [Fact]
    public async Task Attempt_InItsQueue_TakenOverBeforeAWorkerCame_IsExecuted()
    {
        await using var space = FarmSpace.New(node);
        var root = await LeftAsync(space);
        await using var successor = space.Client();
        var running = successor.RunAsync(FarmSpace.RequestAt(root, "true") with { IsTakenOver = true }, null, CancellationToken.None);
        space.StartWorker();
        Assert.Equal(LaunchEnd.Exited, (await running.WaitAsync(Patience)).End);
    }

    /// <summary>It waits for no slot meanwhile, and elsewhere it would take as long.</summary>
    [Fact]
    public async Task Action_WhoseInputsTakeLongerThanAnActionMayWait_IsExecuted()
    {
        await using var space = FarmSpace.New(node);
        using var slow = new SlowBlobs(space.Blobs, TimeSpan.FromMilliseconds(700));
        var worker = space.StartWorker(space.WorkerOptions() with { Blobs = slow.Address, BlobToken = "token", CacheBytes = 0, GiveBackAfter = TimeSpan.FromMilliseconds(500) });
        await using var client = space.Client();
        var request = space.Request("cat one two > out", "out");
        File.WriteAllText(Path.Combine(request.Directory, "one"), new string('1', 10_000));
        File.WriteAllText(Path.Combine(request.Directory, "two"), new string('2', 10_000));
        Assert.Equal((LaunchEnd.Exited, 0), await client.RunAsync(request, null, CancellationToken.None).WaitAsync(Patience) is var result ? (result.End, result.ExitCode) : default);
        Assert.Equal(0, worker.Tally.GivenBack);
    }

    /// <summary>The copy that is sent back comes to the same worker, for it has room and nobody else is there.</summary>
    [Fact]
    public async Task Action_GivenBackAndTakenAgain_IsNotLost()
    {
        await using var space = FarmSpace.New(node);
        var begun = Path.Combine(space.Root, "begun");
        var worker = space.StartWorker(space.WorkerOptions() with { Slots = 1, Ahead = 2, GiveBackAfter = TimeSpan.FromMilliseconds(500) });
        await using var client = space.Client();
        var first = client.RunAsync(space.Request($"echo x >> {begun}; while [ -d {space.Root} ] && [ ! -e {begun}.go ]; do sleep 0.05; done"), null, CancellationToken.None);
        await Poll.UntilAsync(() => File.Exists(begun));
        var second = client.RunAsync(space.Request("true"), null, CancellationToken.None);
        await Poll.UntilAsync(() => Interlocked.Read(ref worker.Tally.GivenBack) >= 5);
        File.WriteAllText(begun + ".go", string.Empty);
        Assert.Equal(LaunchEnd.Exited, (await first.WaitAsync(Patience)).End);
        Assert.Equal(LaunchEnd.Exited, (await second.WaitAsync(Patience)).End);
    }

    /// <summary>An attempt that a killed client left in its queue, with nobody to take it.</summary>
    private static async Task<string> LeftAsync(FarmSpace space)
    {
        var root = Path.Combine(space.Root, "work", "taken");
        var client = space.StartProcess("--client", space.Farm, space.Root, $"{space.Port}", "true");
        await Poll.UntilAsync(() => AttemptJournal.Read(root) is { Unsent: null });
        client.Kill();
        await client.WaitForExitAsync();
        return root;
    }

    [Fact]
    public async Task Worker_WhoseDiskIsFull_LosesAttemptsAndAnotherOneMakesThem()
    {
        var folder = Directory.CreateTempSubdirectory("small").FullName;
        using var disk = Ssh.Tests.SmallDisk.Mount(folder);
        Assert.SkipWhen(disk is null, "no file system can be mounted here");
        await using var space = FarmSpace.New(node);
        using var drain = new CancellationTokenSource();
        space.StartWorker(space.WorkerOptions("small") with { Directory = Path.Combine(folder, "w") }, drain.Token);
        await using var client = space.Client();
        var (filling, large) = (space.Request("head -c 9000000 /dev/zero > out", "out"), space.Request("cat in > out", "out"));
        File.WriteAllBytes(Path.Combine(large.Directory, "in"), new byte[4 << 20]);
        var lost = await client.RunAsync(filling, null, CancellationToken.None);
        Assert.Equal(LaunchEnd.NodeLost, lost.End);
        Assert.Matches("^a command ended with exit code 1 while the disk of worker 'small-[0-9a-f]+' was full$", lost.Message);
        lost = await client.RunAsync(large, null, CancellationToken.None);
        Assert.Equal(LaunchEnd.NodeLost, lost.End);
        Assert.Contains("No space left on device", lost.Message, StringComparison.Ordinal);
        await drain.CancelAsync();
        await space.Workers;
        space.StartWorker(space.WorkerOptions("other"));
        var results = await Task.WhenAll(client.RunAsync(filling, null, CancellationToken.None), client.RunAsync(large, null, CancellationToken.None));
        Assert.All(results, result => Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode)));
        Assert.Equal([9_000_000, 4 << 20], from request in new[] { filling, large } select (int)new FileInfo(Path.Combine(request.Directory, "out")).Length);
    }
}
