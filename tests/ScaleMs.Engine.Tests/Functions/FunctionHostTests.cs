using System.Diagnostics;
using ScaleMs.Engine.Tests.NullRuns;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>Functions of a real host's program, which starts itself again to call them.</summary>
public sealed class FunctionHostTests : IDisposable
{
    private const string Source = """
        return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());

        public sealed class Md(ICakeContext context) : ScaleMsContext(context, home: "") { }

        [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md md) => steps.Step("wait").Call(Calls.Wait, OutputFile.Named("out", publish: "out.txt"));
        }

        public static class Calls
        {
            public static void Wait(OutputFile output)
            {
                // The workspace, from its own <workspace>/.scalems/work/<attempt>/files.
                var workspace = Environment.CurrentDirectory[..Environment.CurrentDirectory.IndexOf("/.scalems", StringComparison.Ordinal)];
                File.WriteAllText(workspace + "/pid.new", Environment.ProcessId.ToString());
                File.Move(workspace + "/pid.new", workspace + "/pid", true);
                while (!File.Exists(workspace + "/go")) { System.Threading.Thread.Sleep(10); }
                output.WriteText("done");
            }
        }
        """;

    private readonly StudyHost _host = new(Source);

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Host_KilledWhileAFunctionRuns_IsFollowedByARunThatEndsTheFunction()
    {
        using var killed = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(_host.Program, "Host.dll")]) { WorkingDirectory = _host.Workspace, RedirectStandardOutput = true })!;
        while (!File.Exists(_host.PathOf("pid")) && !killed.HasExited)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        killed.Kill();
        await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var orphan = Process.GetProcessById(int.Parse(File.ReadAllText(_host.PathOf("pid")), System.Globalization.CultureInfo.InvariantCulture));
        Assert.False(orphan.HasExited);
        var second = Task.Run(() => _host.Run());
        await orphan.WaitForExitAsync(TestContext.Current.CancellationToken);
        _host.Write("go", string.Empty);

        Assert.Equal(0, (await second).Code);
        Assert.Equal("done", File.ReadAllText(_host.PathOf("out.txt")));
    }

    [Fact]
    public async Task Host_KilledWhileAPersistentWorkerCalls_EndsTheWorkerAtOnce()
    {
        using var host = new StudyHost(Source.Replace("Step(\"wait\")", "Step(\"wait\").InPersistentWorker()", StringComparison.Ordinal));
        using var killed = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(host.Program, "Host.dll")]) { WorkingDirectory = host.Workspace, RedirectStandardOutput = true })!;
        while (!File.Exists(host.PathOf("pid")) && !killed.HasExited)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        using var orphan = Process.GetProcessById(int.Parse(File.ReadAllText(host.PathOf("pid")), System.Globalization.CultureInfo.InvariantCulture));
        killed.Kill();
        await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        await orphan.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        host.Write("go", string.Empty);

        Assert.Equal(0, host.Run().Code);
        Assert.Equal("done", File.ReadAllText(host.PathOf("out.txt")));
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc"), process => IsMarked(process + "/environ", host.Workspace));
    }

    private static bool IsMarked(string environ, string workspace)
    {
        try
        {
            return File.ReadAllText(environ).Contains($"SCALEMS_ATTEMPT={workspace}", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [Fact]
    public void Host_WithATypedFunctionAndNothingToDo_IsToldWithoutARun()
    {
        _host.Write("go", string.Empty);
        _host.Settle();
        Assert.True(_host.IsTold());
    }
}
