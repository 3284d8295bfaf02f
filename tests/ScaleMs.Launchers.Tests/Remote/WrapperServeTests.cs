using System.Diagnostics;
using System.Globalization;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Native;
using ScaleMs.Launchers.Remote;
using Xunit;

namespace ScaleMs.Launchers.Tests.Remote;

/// <summary>A starter of many attempts, which have a watch only when they live for a while.</summary>
public sealed class WrapperServeTests
{
    public static TheoryData<string> Shells => WrapperSpace.Shells;

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Attempt_ThatEnds_IsToldAndLeavesNoOrder(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell("echo ran")));
        using var starter = Serve(space);
        var answer = await starter.StandardOutput.ReadLineAsync();
        Assert.StartsWith("@r 7 {", answer, StringComparison.Ordinal);
        Assert.Equal((LaunchEnd.Exited, "ran\n"), (AttemptResult.Read(answer![5..])!.End, space.Log));
        Assert.Equal(string.Empty, await File.ReadAllTextAsync(space.PathOf(AttemptFiles.Order)));
        Assert.False(Directory.Exists(Path.Combine(space.Top, AttemptFiles.Ended)));
        await EndAsync(starter);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Attempt_WhoseStarterHasEnded_IsEndedAtItsTimeLimit(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell("sleep 1000")) with { TimeLimit = TimeSpan.FromSeconds(1) });
        using var starter = Serve(space);
        await EndAsync(starter);
        await Poll.UntilAsync(() => File.Exists(space.PathOf(AttemptFiles.Result)));
        Assert.Equal((LaunchEnd.TimedOut, "time"), (space.Result().End, space.Result().Cause));
        Assert.Empty(space.Left());
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Attempt_WhoseWrapperIsKilledBeforeItHasAWatch_EndsAsLost(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell(": > ready; sleep 1000")));
        using var starter = Serve(space);
        await Poll.UntilAsync(() => space.Has("ready"));
        _ = LibC.Signal(int.Parse(await File.ReadAllTextAsync(space.PathOf("claim/pid")), CultureInfo.InvariantCulture), LibC.Kill);
        await Poll.UntilAsync(() => File.Exists(space.PathOf(AttemptFiles.Result)));
        Assert.Equal((LaunchEnd.NodeLost, "the wrapper was killed on the node"), (space.Result().End, space.Result().Message));
        await Poll.UntilAsync(() => space.Left().Count == 0 && !File.Exists(space.PathOf(AttemptFiles.Order)));
        await EndAsync(starter);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Attempt_WithAnOpenClaim_RunsOnce(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell("echo ran")));
        Directory.CreateDirectory(space.PathOf(AttemptFiles.Claim));
        await File.WriteAllBytesAsync(space.PathOf(AttemptFiles.OpenClaim), []);
        using var starter = Serve(space, 1, 2, 3, 4, 5, 6);
        await EndAsync(starter);
        var answers = (await starter.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((6, "ran\n"), (answers.Length, space.Log));
        Assert.DoesNotContain(answers, answer => answer.StartsWith("@x", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Attempt_ThatIsToldToBeginItsWatch_HasTheExitCodeOfItsCommand(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell("sleep 1.6; exit 127")));
        using var starter = Serve(space);
        var answer = await starter.StandardOutput.ReadLineAsync();
        Assert.Equal((LaunchEnd.Exited, 127), (AttemptResult.Read(answer![5..])!.End, AttemptResult.Read(answer[5..])!.ExitCode));
        await EndAsync(starter);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Attempt_WhoseOpenClaimCannotBeWritten_IsToldAsOneThatDidNotBegin(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell("echo ran")));
        Directory.CreateDirectory(space.PathOf(AttemptFiles.Claim));
        await File.WriteAllBytesAsync(space.PathOf(AttemptFiles.OpenClaim), []);
        File.CreateSymbolicLink(space.PathOf("claim/pid"), "/dev/full"); // as a file that there is a name for, and no room
        using var starter = Serve(space);
        Assert.StartsWith("@x 7 the attempt in ", await starter.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(string.Empty, space.Log);
        await EndAsync(starter);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Batch_OfAStarterWithTheSameNumberOnAnotherHost_IsLeftAlone(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell("sleep 1.6")) with { TimeLimit = TimeSpan.FromSeconds(1) });
        using var starter = Begin(space);
        var batch = Path.Combine(space.Top, $"begun.{starter.Id.ToString(CultureInfo.InvariantCulture)}.1");
        await File.WriteAllTextAsync(batch, "/of/another/host\n");
        Send(starter, space, 7);
        var answer = await starter.StandardOutput.ReadLineAsync();
        Assert.Equal(LaunchEnd.TimedOut, AttemptResult.Read(answer![5..])!.End);
        Assert.Equal("/of/another/host\n", await File.ReadAllTextAsync(batch));
        await EndAsync(starter);
    }

    [Fact]
    public async Task Batches_AreRemovedWhenTheirAttemptsWereTold()
    {
        using var space = new WrapperSpace();
        space.Order(space.Request(LaunchSpace.Shell("true")));
        using var starter = Serve(space);
        Assert.NotNull(await starter.StandardOutput.ReadLineAsync());
        await EndAsync(starter);
        await Poll.UntilAsync(() => Directory.GetFiles(space.Top, "begun.*").Length == 0);
    }

    private static Process Serve(WrapperSpace space, params int[] numbers)
    {
        var starter = Begin(space);
        Send(starter, space, [.. numbers.DefaultIfEmpty(7)]);
        return starter;
    }

    private static Process Begin(WrapperSpace space)
    {
        var info = new ProcessStartInfo(space.Shell, [WrapperFile.Put(space.Top), "--serve"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        info.Environment.Clear();
        info.Environment["PATH"] = "/usr/bin:/bin";
        return Process.Start(info)!;
    }

    private static void Send(Process starter, WrapperSpace space, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            starter.StandardInput.Write(string.Create(CultureInfo.InvariantCulture, $"{number} {space.Root}\n"));
        }

        starter.StandardInput.Flush();
    }

    private static Task EndAsync(Process starter)
    {
        starter.StandardInput.Close();
        return starter.WaitForExitAsync();
    }
}
