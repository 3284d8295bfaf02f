using System.Globalization;
using Xunit;

namespace ScaleMs.Launchers.Tests;

public sealed class MeasureTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly LaunchSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task PeakMemory_OfALargeChild_IsItsOwn()
    {
        // The last bytes of a pipe of unknown length have to be kept in memory.
        const string large = "head -c 500000000 /dev/zero | tail -c 400000000 | wc -c";
        var result = await _space.RunAsync(LaunchSpace.Shell(large), LaunchSpace.Shell(":"));
        Assert.InRange(result.PeakMemoryBytes, 380 * Megabyte, 600 * Megabyte);
    }

    /// <summary>Each holds 150 MB until the other does too, and then for as long as that took, since looks come at growing intervals.</summary>
    [Fact]
    public async Task PeakMemory_OfProcessesAtOneTime_IsThatOfAllTogether()
    {
        var result = await _space.RunAsync(LaunchSpace.Shell($"begun=$(date +%s); {Hold(1)} & {Hold(2)} & wait"));
        Assert.InRange(result.PeakMemoryBytes, 270 * Megabyte, 500 * Megabyte);

        static string Hold(int number) =>
            $"(head -c 150000000 /dev/zero; : > full{number}; until [ -e full1 ] && [ -e full2 ]; do sleep 0.05; done; sleep $(($(date +%s) - begun + 2))) | tail -c 150000000 | wc -c";
    }

    [Fact]
    public async Task PeakMemory_OfASmallTool_IsNotThatOfTheHost()
    {
        var result = await _space.RunAsync(LaunchSpace.Shell("sleep 2; :"));
        Assert.InRange(result.PeakMemoryBytes, Megabyte / 4, 20 * Megabyte);
    }

    [Fact]
    public async Task Cpu_OfABusyCommand_IsSummedOverCommandsAndChildren()
    {
        const string busy = "sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; times > ";
        var result = await _space.RunAsync(LaunchSpace.Shell(busy + "first"), LaunchSpace.Shell(busy + "second"));
        var told = Seconds("first") + Seconds("second");
        Assert.InRange(result.Cpu.TotalSeconds, told * 0.9, (told * 1.1) + 0.5);
        Assert.True(result.Cpu > TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task Cpu_OfASleepingCommand_IsLessThanItsWall()
    {
        var result = await _space.RunAsync(LaunchSpace.Shell("sleep 1"));
        Assert.True(result.Wall >= TimeSpan.FromSeconds(1));
        Assert.True(result.Cpu < result.Wall / 2);
    }

    /// <summary>The four times, such as 0m0.120000s, that the shell's own <c>times</c> told.</summary>
    private double Seconds(string file) => _space.Read(file)
        .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Select(time => time.TrimEnd('s').Split('m'))
        .Sum(parts => (Number(parts[0]) * 60) + Number(parts[1]));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
