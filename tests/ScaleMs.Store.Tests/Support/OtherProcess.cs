using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ScaleMs.Store.Tests.Support;

/// <summary>A second process that opens a store, writes to it and holds it until it is killed: this assembly, started once more.</summary>
public sealed class OtherProcess : IDisposable
{
    private const string WorkspaceVariable = "SCALEMS_STORE_TESTS_HOLD";
    private const string BootVariable = "SCALEMS_STORE_TESTS_BOOT";
    private const string Ready = "holding";
    private readonly Process _process;

    private OtherProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts it and waits until it holds the store, with one record and one blob committed and neither synced.</summary>
    public static OtherProcess Hold(Workspace workspace, string bootId = "boot")
    {
        var start = new ProcessStartInfo("dotnet", [typeof(OtherProcess).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment[WorkspaceVariable] = workspace.Root;
        start.Environment[BootVariable] = bootId;
        var other = new OtherProcess(Process.Start(start)!);
        for (var line = other._process.StandardOutput.ReadLine(); line != Ready; line = other._process.StandardOutput.ReadLine())
        {
            Assert.NotNull(line);
        }

        return other;
    }

    /// <summary>SIGKILL: no clean-up code runs.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>Runs before the test runner's own entry point.</summary>
    [ModuleInitializer]
    internal static void HoldWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(WorkspaceVariable) is not { } root)
        {
            return;
        }

        using var store = FileStore.Open(root, Workspace.Options(Environment.GetEnvironmentVariable(BootVariable)!, new FakeClock()) with { CommandLine = "the other run" });
        var file = Path.Combine(root, "other.txt");
        File.WriteAllText(file, "from the other process");
        store.Put(file);
        store.Commit(Sample.State(1, 1));
        Console.WriteLine(Ready);
        Thread.Sleep(Timeout.Infinite);
    }
}
