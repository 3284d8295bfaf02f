using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Amqp.Tests;

/// <summary>A worker gets only what fits: resources, labels, and the very tools that the key was made with.</summary>
public sealed class FittingTests(RabbitNode node)
{
    [Fact]
    public async Task Action_ThatIsTooLargeForOneWorker_GoesToTheOther()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker(space.WorkerOptions("small") with { Slots = 1 });
        space.StartWorker(space.WorkerOptions("large") with { Slots = 4, MemoryBytes = 8L << 30, Labels = ["fast"] });
        await using var client = new AmqpLauncher(space.ClientOptions with { Labels = ["fast"] });
        var request = space.Request("pwd > out", "out") with { Granted = new Resources(Cpus: 4, MemoryBytes: 1L << 30) };
        Assert.Equal(LaunchEnd.Exited, (await client.RunAsync(request, null, CancellationToken.None)).End);
        Assert.Contains("worker-large", File.ReadAllText(Path.Combine(request.Directory, "out")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actions_OfASiteWithAHigherPriority_AreTakenFirst()
    {
        await using var space = FarmSpace.New(node);
        var order = Path.Combine(space.Root, "order");
        await using var usual = ClientOf(new AmqpProfile { Broker = $"amqp://127.0.0.1:{space.Port}", Farm = space.Farm, Blobs = space.Blobs });
        await using var urgent = ClientOf(new AmqpProfile { Broker = $"amqp://127.0.0.1:{space.Port}", Farm = space.Farm, Blobs = space.Blobs, Priority = 9 });
        var first = space.Request($"echo usual >> {order}");
        var second = space.Request($"echo urgent >> {order}");
        var running = usual.RunAsync(first, null, CancellationToken.None);
        await Poll.UntilAsync(() => FarmSpace.IsSent(first));
        var overtaking = urgent.RunAsync(second, null, CancellationToken.None);
        await Poll.UntilAsync(() => FarmSpace.IsSent(second));
        space.StartWorker(space.WorkerOptions() with { Slots = 1, Ahead = 0 });
        await Task.WhenAll(running, overtaking);
        Assert.Equal(["urgent", "usual"], File.ReadAllLines(order));

        static AmqpLauncher ClientOf(AmqpProfile farm) => AmqpLauncher.Of(new SiteProfile { Name = "farm", Launcher = "amqp", Amqp = farm }, _ => null, _ => { });
    }

    [Fact]
    public async Task Action_ThatNoWorkerFits_FailsWithTheReasons()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker(space.WorkerOptions("small") with { Slots = 1 });
        await using var client = space.Client();
        var result = await client.RunAsync(space.Request("true") with { Granted = new Resources(Cpus: 64) }, null, CancellationToken.None);
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.Contains("it asks for 64 cores, and there are 1", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_AskedForATool_TellsAWorkersAnswer()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker();
        await using var client = space.Client();
        var answer = client.Site.Find(new Core.Model.Tool("sh", ["/bin/sh"], new ToolVersion.OfBinary()));
        Assert.Equal(("/bin/sh", null), (answer.Path, answer.Problem));
        Assert.NotEmpty(answer.Fingerprint.Lines);
        Assert.Equal("linux", client.Site.Fact(SiteFact.OperatingSystem));
        Assert.Contains("was not found", client.Site.Find(new Core.Model.Tool("none", ["no-such-tool"], new ToolVersion.OfBinary())).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_WithAnotherTool_DoesNotTakeTheActionAndNamesBoth()
    {
        await using var space = FarmSpace.New(node);
        using var drain = new CancellationTokenSource();
        space.StartWorker(space.WorkerOptions("old") with { Site = new OneTool("/bin/sh", "1.0") }, drain.Token);
        await using var client = space.Client();
        Assert.Equal("/bin/sh", client.Site.Find(OneTool.Asked).Path);
        await drain.CancelAsync();
        await space.Workers;
        space.StartWorker(space.WorkerOptions("new") with { Site = new OneTool("/bin/dash", "2.0") });
        var result = await client.RunAsync(space.Request("true"), null, CancellationToken.None);
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.Contains("its 'shell' is version 2.0, and the action was keyed with version 1.0", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_WithTheSameToolElsewhere_StartsItsOwn()
    {
        await using var space = FarmSpace.New(node);
        using var drain = new CancellationTokenSource();
        space.StartWorker(space.WorkerOptions("one") with { Site = new OneTool("/no/such/shell", "1.0") }, drain.Token);
        await using var client = space.Client();
        Assert.Equal("/no/such/shell", client.Site.Find(OneTool.Asked).Path);
        await drain.CancelAsync();
        await space.Workers;
        space.StartWorker(space.WorkerOptions("two") with { Site = new OneTool("/bin/sh", "1.0") });
        var request = space.Request("true");
        request = request with { Commands = [request.Commands[0] with { Program = "/no/such/shell" }] };
        Assert.Equal(LaunchEnd.Exited, (await client.RunAsync(request, null, CancellationToken.None)).End);
    }

    [Fact]
    public async Task Attempt_Cancelled_EndsAtTheWorkerToo()
    {
        await using var space = FarmSpace.New(node);
        var worker = space.StartWorker();
        await using var client = space.Client();
        var begun = Path.Combine(space.Root, "begun");
        using var cancel = new CancellationTokenSource();
        var running = client.RunAsync(space.Request($"echo $$ > {begun}.new; mv {begun}.new {begun}; sleep 100"), null, cancel.Token);
        await Poll.UntilAsync(() => File.Exists(begun));
        await cancel.CancelAsync();
        Assert.Equal(LaunchEnd.Cancelled, (await running).End);
        await Poll.UntilAsync(() => !Directory.Exists($"/proc/{File.ReadAllText(begun).Trim()}") && worker.Describe().Running.Count == 0);
    }

    private sealed class OneTool(string path, string version) : ISite
    {
        internal static Core.Model.Tool Asked { get; } = new("shell", ["shell"], new ToolVersion.OfBinary());

        public ToolAnswer Find(Core.Model.Tool tool) => new(path, new ToolFingerprint([KeyValuePair.Create("version", version)]), [], null);

        public string Fact(SiteFact fact) => "x";

        public Dictionary<string, string> EnvironmentOf(StepInstance step) => [];

        public void Recheck(Core.Model.Tool tool)
        {
        }

        public void OpenEpoch()
        {
        }
    }
}
