using System.Diagnostics;
using Xunit;

namespace ScaleMs.Engine.Tests.Faults;

public sealed class StormTests
{
    /// <summary>The bounded size of <c>./build.sh --target=faults</c>: besides these kills, one at every named point.</summary>
    [Fact]
    public async Task Storm_TwentyKillsAndEveryPoint_NothingWrongAndNothingLost()
    {
        var seed = Random.Shared.Next(100_000);
        var (code, output) = await Storm("--set", "kills=20", "--set", $"seed={seed}");
        Assert.True(code == 0 && output.TrimEnd().EndsWith("\nkills 20, wrong 0, lost 0", StringComparison.Ordinal), output);
    }

    [Theory]
    [InlineData("--set", "kills=0")]
    [InlineData("--set", "kills=many")]
    [InlineData("--set=speed=3")]
    [InlineData("--kills=3")]
    [InlineData("--target=simulate")]
    [InlineData("--set")]
    public async Task Storm_SettingItDoesNotKnow_IsRefused(params string[] arguments)
    {
        var (code, output) = await Storm(arguments);
        Assert.Equal(2, code);
        Assert.Contains("--set kills=N", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> Storm(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ScaleMs.Storm.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
