using System.Diagnostics;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

/// <summary>Whether the launcher may say that nobody is left.</summary>
/// <remarks>These tests run alone: processes that others start meanwhile could be of the command as far as anybody can tell.</remarks>
[CollectionDefinition(nameof(RemainsTests), DisableParallelization = true)]
[Collection(nameof(RemainsTests))]
public sealed class RemainsTests : IDisposable
{
    private const int Tries = 200;

    private readonly LaunchSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task Command_ThatEndsAlone_LeftNobody()
    {
        Assert.SkipUnless(ProcFiles.NewestPid() > 0, "needs /proc/sys/kernel/ns_last_pid");
        for (var i = 0; i < Tries; i++)
        {
            if ((await _space.RunAsync(LaunchSpace.Shell(":"))).LeftNobody)
            {
                return;
            }
        }

        Assert.Fail("it could never tell");
    }

    [Fact]
    public async Task Process_WithoutMarkerInASessionOfItsOwn_MayBeLeft()
    {
        var result = await _space.RunAsync(LaunchSpace.Shell("setsid env -i sh -c 'echo $$ > bare; : > ready; exec sleep 1000' & while ! [ -e ready ]; do :; done"));
        var bare = int.Parse(await File.ReadAllTextAsync(Path.Combine(_space.Directory, "bare")));
        Assert.False(result.LeftNobody);
        Assert.True(ProcFiles.IsAlive(bare));
        _ = Native.LibC.Signal(bare, Native.LibC.Kill);
    }

    [Fact]
    public async Task Process_OfSomebodyOlder_IsNotTakenForOneThatIsLeft()
    {
        Assert.SkipUnless(ProcFiles.NewestPid() > 0, "needs /proc/sys/kernel/ns_last_pid");
        var told = false;
        for (var i = 0; i < Tries && !told; i++)
        {
            var older = new ProcessStartInfo("/bin/sh", ["-c", $"while ! [ -e go{i} ]; do :; done; sleep 1000 & : > ready{i}; read line; kill $!"])
            {
                WorkingDirectory = _space.Directory,
                RedirectStandardInput = true,
            };
            using var process = Process.Start(older)!;
            told = (await _space.RunAsync(LaunchSpace.Shell($": > go{i}; while ! [ -e ready{i} ]; do :; done"))).LeftNobody;
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }

        Assert.True(told, "it could never tell");
    }

    [Fact]
    public async Task Command_WhoseChildHadToBeEnded_IsNotSaidToHaveLeftNobody() =>
        Assert.False((await _space.RunAsync(LaunchSpace.Shell("sleep 1000 &"))).LeftNobody);
}
