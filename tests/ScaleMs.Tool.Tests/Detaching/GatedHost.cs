using System.Diagnostics;
using System.Text.Json;
using ScaleMs.Engine.Tests.NullRuns;
using ScaleMs.Reporting.Control;

namespace ScaleMs.Tool.Tests.Detaching;

/// <summary>A real host whose steps wait until a test lets them go on: one is quick, one waits for a file, one reads it.</summary>
internal sealed class GatedHost : IDisposable
{
    private const string Source = """
        return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Gated>());

        public sealed class Gated : ScaleMsContext
        {
            public Gated(ICakeContext context) : base(context, home: "") { Mode = Parameters.Choice("mode", "good", ["good", "bad", "broken", "slow"]); }
            public string Mode { get; }
        }

        [TaskName("Default")] public sealed class DefaultTask : StepTask<Gated>
        {
            public override void Define(StepBuilder steps, Gated gated)
            {
                if (gated.Mode == "slow") { File.WriteAllText("defining", ""); System.Threading.Thread.Sleep(600_000); }
                steps.Step("quick").Tool("sh").Run("sh", "-c", "echo quick > out").Output("out", publish: "results/quick.txt");
                var gate = steps.Step("gate").Tool("sh").Environment("HERE", gated.Workspace).Environment("MODE", gated.Mode)
                    .Run("sh", "-c", "touch $HERE/started; while [ -d $HERE ] && [ ! -e $HERE/go ]; do sleep 0.05; done; [ $MODE = good ] || exit 3; echo gate > out").Output("out");
                if (gated.Mode == "broken") { steps.Step("broken").Tool("sh").Input("x", new SourceFile("missing.txt")).Run("sh", "-c", "true").Output("out"); }
                steps.Step("last").Tool("sh").Input("in", gate.File("out")).Run("sh", "-c", "cat in > out").Output("out", publish: "results/last.txt");
            }
        }
        """;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly StudyHost _host = new(Source);

    public string Workspace => _host.Workspace;

    public string PathOf(string name) => _host.PathOf(name);

    /// <summary>Runs the host to its end; of one that detaches, to that of the process in the foreground.</summary>
    public (int Code, string Output) Run(params string[] arguments) => _host.Run(arguments);

    /// <summary>Detaches a run and waits until its gate is reached.</summary>
    public string Detach(params string[] arguments)
    {
        var (code, output) = Run(["--detach", .. arguments]);
        Assert.True(code == 0, output);
        WaitFor(() => File.Exists(PathOf("started")));
        return output;
    }

    /// <summary>Starts the host by a shell's command line, in which <c>$HOST</c> stands for it.</summary>
    public Process StartShell(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = Workspace, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOST"] = Path.Combine(_host.Program, "Host.dll");
        return Process.Start(start)!;
    }

    public void OpenGate() => File.WriteAllText(PathOf("go"), string.Empty);

    public ToolProcess Tool(params string[] arguments) => ToolProcess.Run(Workspace, arguments);

    public Process StartTool(params string[] arguments) => ToolProcess.Start([], Workspace, arguments);

    /// <summary>What <c>scalems status --json</c> tells.</summary>
    public JsonElement Status(params string[] more)
    {
        var told = Tool(["status", "--json", .. more]);
        Assert.True(told.ExitCode == 0, told.Error);
        using var json = JsonDocument.Parse(told.Output);
        return json.RootElement.Clone();
    }

    public RunNote Note => RunNote.TryRead(PathOf(".scalems"))!;

    public static void WaitFor(Func<bool> isSo) => Assert.True(SpinWait.SpinUntil(isSo, Longest));

    public static bool Lives(int pid) => Directory.Exists($"/proc/{pid}") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    public void Dispose()
    {
        if (RunNote.TryRead(PathOf(".scalems")) is { End: null } note && Lives(note.Pid))
        {
            using var left = Process.GetProcessById(note.Pid);
            left.Kill(entireProcessTree: true);
            WaitFor(() => !Lives(note.Pid));
        }

        _host.Dispose();
    }
}
