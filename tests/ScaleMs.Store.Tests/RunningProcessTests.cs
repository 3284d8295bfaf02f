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
        // The child ends when the shell, which would look after it, has become a program that does not.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "{ read -r line <&3; } 3<&0 & echo $!; exec sleep 600"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var parent = Process.Start(start)!;
        try
        {
            var ended = int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{parent.Id}/comm") == "sleep\n", TimeSpan.FromMinutes(1)));
            parent.StandardInput.Close();
            Assert.True(SpinWait.SpinUntil(() => RunningProcess.StartTicks(ended) is null, TimeSpan.FromMinutes(1)));
            Assert.Contains(") Z ", File.ReadAllText($"/proc/{ended}/stat"), StringComparison.Ordinal);
        }
        finally
        {
            parent.Kill();
        }
    }
}
