using System.Diagnostics;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Tests.NullRuns;
using Xunit;

namespace ScaleMs.Engine.Tests.Cache;

/// <summary>Real hosts at the same time, each in a folder of its own, with one cache in a folder.</summary>
public sealed class TwoHostsWithAFolderTests() : TwoHostsTests(new FolderPlace());

/// <summary>Real hosts at the same time, with one cache behind an endpoint and no folder that both see.</summary>
public sealed class TwoHostsWithAnEndpointTests() : TwoHostsTests(new EndpointPlace());

/// <summary>Real hosts at the same time, each in a folder of its own, with one cache.</summary>
public abstract class TwoHostsTests(CachePlace place) : IDisposable
{
    private const string Source = """
        return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Flight>());

        public sealed class Flight(ICakeContext context) : ScaleMsContext(context, home: "");

        [TaskName("Default")] public sealed class DefaultTask : StepTask<Flight>
        {
            public override void Define(StepBuilder steps, Flight context)
            {
                var here = Environment.GetEnvironmentVariable("FLIGHT");
                var parts = Enumerable.Range(0, 18).Select(i => Shell(steps, here, $"part{i}", $"echo {i} > out").Output("out")).ToList();
                for (var half = 0; half < 2; half++)
                {
                    var sum = Shell(steps, here, $"sum{half}", "cat in* > out");
                    for (var i = 0; i < 9; i++) { sum = sum.Input($"in{i}", parts[9 * half + i].File("out")); }
                    sum.Output("out", publish: $"sum{half}.txt");
                }
            }

            private static Step Shell(StepBuilder steps, string here, string name, string script) => steps.Step(name).Tool("sh")
                .Run("sh", "-c", $"echo {name} >> {here}/log; while [ ! -e {here}/gate ]; do sleep 0.02; done; {script}");
        }
        """;

    private const int Steps = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scalems-hosts-");
    private readonly StudyHost _host = new(Source);
    private readonly List<Running> _running = [];

    private string[] Executed => File.Exists(PathOf("log")) ? File.ReadAllLines(PathOf("log")) : [];

    public void Dispose()
    {
        Open();
        _running.ForEach(running => running.Dispose());
        _host.Dispose();
        place.Dispose();
        GC.SuppressFinalize(this);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_OfTwoHostsAtTheSameTime_ExecutesEachStepOnce()
    {
        var (a, b) = (Start("a"), Start("b"));
        await UntilAsync(() => Executed.Length == 4);
        Open();
        await Task.WhenAll(a.EndsAsync(), b.EndsAsync());

        Assert.Equal(Steps, Executed.Length);
        Assert.Equal(Steps, Executed.Distinct().Count());
        Assert.All(["a", "b"], name => Assert.Equal("9\n10\n11\n12\n13\n14\n15\n16\n17\n", File.ReadAllText(PathOf($"{name}/sum1.txt"))));
        Assert.Empty(place.Leads);
    }

    [Fact]
    public async Task Run_LeaderIsKilled_OneOfTheOthersGoesOnAndNothingElseRunsTwice()
    {
        var leader = Start("leader");
        await UntilAsync(() => Executed.Length == 2);
        var led = Executed;
        var followers = place.Followers.Select(name => Start(name)).ToList();
        await UntilAsync(() => Executed.Length == 2 + (2 * followers.Count) && followers.TrueForAll(follower => follower.Waits > 1));
        leader.Kill();
        place.ForgetTheDead();
        Open();
        await Task.WhenAll(followers.Select(follower => follower.EndsAsync()));

        Assert.Equal(Steps + 2, Executed.Length);
        Assert.Equal(led.Order(StringComparer.Ordinal), Executed.CountBy(name => name).Where(count => count.Value == 2).Select(count => count.Key).Order(StringComparer.Ordinal));
        Assert.All(place.Followers, name => Assert.Equal("0\n1\n2\n3\n4\n5\n6\n7\n8\n", File.ReadAllText(PathOf($"{name}/sum0.txt"))));
        Assert.Empty(place.Leads);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Open() => File.WriteAllText(PathOf("gate"), string.Empty);

    private Running Start(string name)
    {
        Directory.CreateDirectory(PathOf(name));
        _running.Add(new Running(_host.StartIn(PathOf(name), [("FLIGHT", _folder.FullName), (EndpointProtocol.TokenVariable, CachePlace.Token)], "--jobs", "2", "--cache", place.Address)));
        return _running[^1];
    }

    private sealed class Running : IDisposable
    {
        private readonly Process _process;
        private readonly List<string> _lines = [];

        public Running(ProcessStartInfo start)
        {
            _process = new Process { StartInfo = start };
            _process.OutputDataReceived += (_, line) => Add(line.Data);
            _process.ErrorDataReceived += (_, line) => Add(line.Data);
            _process.Start();
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        /// <summary>How many steps it told to wait for another run.</summary>
        public int Waits
        {
            get
            {
                lock (_lines)
                {
                    return _lines.Count(line => line.Contains(": another run makes it (process ", StringComparison.Ordinal));
                }
            }
        }

        /// <summary>SIGKILL, to the host alone.</summary>
        public void Kill() => _process.Kill();

        public async Task EndsAsync()
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
            lock (_lines)
            {
                Assert.True(_process.ExitCode == 0, string.Join('\n', _lines));
            }
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }

            _process.Dispose();
        }

        private void Add(string? line)
        {
            lock (_lines)
            {
                _lines.Add(line ?? string.Empty);
            }
        }
    }
}
