using System.Diagnostics;
using System.Globalization;
using ScaleMs.Benchmarks.Graphs;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Benchmarks.Peers;

/// <summary>Bazel: digests with a stat shortcut; its server stays up between calls.</summary>
/// <param name="outputs">The folder of its caches and servers.</param>
internal sealed class BazelPeer(string outputs) : Peer
{
    private static readonly Dictionary<StepKind, string> Commands = new()
    {
        [StepKind.Copy] = "cp $< $@",
        [StepKind.Mix] = "head -qc 342 $(SRCS) > $@",
        [StepKind.Reduce] = "head -qc 16 $(SRCS) > $@",
    };

    public override string Name => "bazel";

    private string[] Program => ["bazel", $"--output_user_root={outputs}", "--host_jvm_args=-Xmx6g"];

    public override IReadOnlyList<string> Call(int jobs) =>
        [.. Program, "build", "--spawn_strategy=local", $"--jobs={jobs}", "--noshow_progress", "--show_result=0", "--ui_event_filters=-info", "//:targets"];

    public override string PathOf(string workspace, BenchStep step) => Path.Combine(workspace, "bazel-bin", step.Output);

    public override void MakeCold(string workspace)
    {
        Ask(workspace, "clean");
        Finish(workspace);
    }

    public override long ServerPeakBytes(string workspace) =>
        int.TryParse(Ask(workspace, "info", "server_pid"), CultureInfo.InvariantCulture, out var pid) ? ProcFiles.PeakBytesOf(pid) : 0;

    public override void Finish(string workspace) => Ask(workspace, "shutdown");

    protected override void Describe(BenchGraph graph, string workspace)
    {
        File.WriteAllText(Path.Combine(workspace, "WORKSPACE"), "");
        WriteLines(
            workspace,
            "BUILD",
            [
                "S = [",
                .. graph.Steps.Select(step => $"  ('{step.Name}', [{List(step.Inputs.Where(path => path != BenchStep.ReduceList))}], '{Commands[step.Kind]}'),"),
                "]",
                "[genrule(name = n, srcs = i, outs = ['out/' + n], cmd = c) for n, i, c in S]",
                $"filegroup(name = 'targets', srcs = [{List(graph.Targets)}])",
            ]);
    }

    private static string List(IEnumerable<string> paths) => string.Join(", ", paths.Select(path => $"'{path}'"));

    private string Ask(string workspace, params string[] question)
    {
        var start = new ProcessStartInfo(Program[0], [.. Program[1..], .. question])
        {
            WorkingDirectory = workspace, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var answer = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return answer;
    }
}
