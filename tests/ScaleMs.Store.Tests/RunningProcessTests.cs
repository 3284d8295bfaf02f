using System.Diagnostics;
using System.Globalization;
using ScaleMs.Store.Locking;
using Xunit;

namespace ScaleMs.Store.Tests;

public sealed class RunningProcessTests
{
    [Fact]
    public void Process_OfThisTest_Runs() => Assert.NotNull(RunningProcess.StartTicks(Environment.ProcessId));

    /// <summary>Where the first process of a container never looks after orphans, all of them stay like this.</summary>
    [Fact]
    public void Process_ThatEndedAndNobodyWaitedFor_DoesNotRun()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells of such processes");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "true & echo $!; exec sleep 600"]) { RedirectStandardOutput = true };
        using var parent = Process.Start(start)!;
        try
        {
            var ended = int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            Assert.True(SpinWait.SpinUntil(() => RunningProcess.StartTicks(ended) is null, TimeSpan.FromMinutes(1)));
            Assert.Contains(") Z ", File.ReadAllText($"/proc/{ended}/stat"), StringComparison.Ordinal);
        }
        finally
        {
            parent.Kill();
        }
    }
}
