using System.Globalization;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

/// <summary>A step that the system itself ends for want of memory, in a control group that has little.</summary>
/// <remarks>They run alone: where no control group counts its own kills, another test's signal 9 would be taken for one, see <see cref="OomKills"/>.</remarks>
[CollectionDefinition(nameof(KernelKillTests), DisableParallelization = true)]
[Collection(nameof(KernelKillTests))]
public sealed class KernelKillTests : IDisposable
{
    private static readonly string[] Parents = ["/sys/fs/cgroup/memory", "/sys/fs/cgroup"];

    private readonly LaunchSpace _space = new();
    private string? _group;

    public void Dispose()
    {
        _space.Dispose();
        if (_group is not null)
        {
            Directory.Delete(_group);
        }
    }

    [Fact]
    public async Task Step_EndedByTheSystemForWantOfMemory_IsOutOfMemory()
    {
        _group = Parents.Select(Make).FirstOrDefault(made => made is not null);
        Assert.SkipWhen(_group is null, "needs to make a control group with a memory limit");
        var script = $"echo $$ > {_group}/cgroup.procs; head -c 220000000 /dev/zero | tail -c 210000000 > /dev/null";
        var counter = new[] { "memory.oom_control", "memory.events" }.Select(name => Path.Combine(_group, name)).First(File.Exists);
        using var attempt = new PosixAttempt(_space.Request(LaunchSpace.Shell(script)), null, CancellationToken.None) { OomKills = new OomKills(counter, "/proc/none") };
        var result = await attempt.RunAsync();
        Assert.Equal((LaunchEnd.OutOfMemory, 137), (result.End, result.ExitCode));
        Assert.Contains("want of memory", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    [InlineData("busybox")]
    public async Task WrappedStep_EndedByTheSystemForWantOfMemory_IsOutOfMemory(string shell)
    {
        _group = Parents.Select(Make).FirstOrDefault(made => made is not null);
        Assert.SkipWhen(_group is null, "needs to make a control group with a memory limit");
        using var space = new Remote.WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell("head -c 220000000 /dev/zero | tail -c 210000000 > /dev/null")));
        using var wrapper = space.Start("/bin/sh", "-c", $"echo $$ > {_group}/cgroup.procs; exec \"$@\"", "sh", space.Shell);
        await wrapper.WaitForExitAsync();
        var result = space.Result();
        Assert.Equal((LaunchEnd.OutOfMemory, 137), (result.End, result.ExitCode));
        Assert.Contains("want of memory", result.Message, StringComparison.Ordinal);
    }

    private static string? Make(string parent)
    {
        var group = Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"scalems-test-{Environment.ProcessId}"));
        try
        {
            Directory.CreateDirectory(group);
            var limit = new[] { "memory.limit_in_bytes", "memory.max" }.Select(name => Path.Combine(group, name)).FirstOrDefault(File.Exists);
            if (limit is not null)
            {
                File.WriteAllText(limit, "60000000");
                return group;
            }

            Directory.Delete(group);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Not allowed here: the next place, or none.
        }

        return null;
    }
}
