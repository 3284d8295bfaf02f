using System.Collections.Concurrent;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Engine.Tests.Admitting;

/// <summary>Graphics processors are given to steps by name.</summary>
public sealed class DeviceTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Devices_OfStepsAtOneTime_AreNeverShared()
    {
        var launcher = new WatchingLauncher();
        var members = Enumerable.Range(0, 12).ToList();
        var report = _study.Run(steps => members.ForEach(i => Tell(steps, $"m{i}").Resources(gpus: 1 + (i % 2))), OnGpus("4", "GPU-a", "7"), launcher);
        Assert.Equal((0, false), (report.ExitCode, launcher.HasShared));
        Assert.All(members, i => Assert.Equal(1 + (i % 2), _study.Read($"m{i}.txt").Trim().Split(',').Length));
        Assert.Superset(members.SelectMany(i => _study.Read($"m{i}.txt").Trim().Split(',')).ToHashSet(), new HashSet<string> { "4", "GPU-a", "7" });
    }

    [Fact]
    public void Devices_OfAStepWithItsOwn_AreTheStepsWord()
    {
        _study.Run(steps => Tell(steps, "a").Resources(gpus: 1).Environment("CUDA_VISIBLE_DEVICES", "5"), OnGpus("4"));
        Assert.Equal("5", _study.Read("a.txt").Trim());
    }

    [Fact]
    public void Devices_Others_AreNotInTheKey()
    {
        _study.Run(steps => Tell(steps, "a").Resources(gpus: 1), OnGpus("4"));
        _study.Run(steps => Tell(steps, "a").Resources(gpus: 1), OnGpus("5"));
        Assert.Equal(("", "4"), (_study.Ran, _study.Read("a.txt").Trim()));
    }

    [Fact]
    public void StepsThatAskForMoreThanThereIs_AreToldOnce_AndRun()
    {
        var report = _study.Run(steps =>
        {
            Tell(steps, "a").Resources(cpus: 3, gpus: 2);
            Tell(steps, "b").Resources(cpus: 3, gpus: 2);
        });
        Assert.Equal((0, 2), (report.ExitCode, report.Summary.Counts.Executed));
        var notice = Assert.Single(_study.Events.OfType<RunEvent.Noticed>());
        Assert.Equal(("shortage", "t/a asks for 3 cores of 2 and 2 graphics processors of 0; such steps get all there is"), (notice.Code, notice.Text));
    }

    [Fact]
    public void Tokens_LimitWhatRunsAtOnce_AndAreNotInTheKey()
    {
        var launcher = new WatchingLauncher();
        void Define(StepBuilder steps) => Enumerable.Range(0, 6).ToList().ForEach(i => Tell(steps, $"m{i}").Token("licence"));
        _study.Run(Define, request => request with { Capacity = new Resources(6, Tokens: new Dictionary<string, int> { ["licence"] = 2 }) }, launcher);
        Assert.InRange(launcher.MostAtOnce, 1, 2);
        _study.Run(steps => Enumerable.Range(0, 6).ToList().ForEach(i => Tell(steps, $"m{i}")));
        Assert.Equal(string.Empty, _study.Ran);
    }

    private static Func<Running.RunRequest, Running.RunRequest> OnGpus(params string[] names) =>
        request => request with { Capacity = new Resources(8, Gpus: names.Length), Devices = names };

    private static Step Tell(StepBuilder steps, string name) =>
        steps.Shell(name, $"echo ${{CUDA_VISIBLE_DEVICES-none}} > out.txt; : {name}").Output("out.txt", publish: $"{name}.txt");

    /// <summary>Looks at what runs at one time.</summary>
    private sealed class WatchingLauncher : ILauncher
    {
        private readonly LocalLauncher _inner = new();
        private readonly ConcurrentDictionary<string, StepId> _inUse = new(StringComparer.Ordinal);
        private int _running;

        public string Name => _inner.Name;

        public bool HasShared { get; private set; }

        public int MostAtOnce { get; private set; }

        public async Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
        {
            var devices = request.Environment.GetValueOrDefault("CUDA_VISIBLE_DEVICES", string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries);
            HasShared |= devices.Any(device => !_inUse.TryAdd(device, request.Step));
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
            var result = await _inner.RunAsync(request, onLine, cancellation);
            Interlocked.Decrement(ref _running);
            HasShared |= devices.Any(device => !_inUse.TryRemove(device, out _));
            return result;
        }

        public int Reap(string workDirectory) => _inner.Reap(workDirectory);
    }
}
