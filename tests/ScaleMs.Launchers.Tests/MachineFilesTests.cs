using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

/// <summary>Machines made of files in a folder.</summary>
public sealed class MachineFilesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("scalems-machine-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Memory_WithoutLimit_IsTheMachines()
    {
        Write("proc/meminfo", "MemTotal:        2048 kB\nMemFree:  1 kB\n");
        Write("proc/self/cgroup", "0::/user.slice/job\n");
        Write("sys/fs/cgroup/user.slice/job/memory.max", "max\n");
        Assert.Equal(2048 * 1024, new MachineFiles(_root.FullName).MemoryBytes());
    }

    [Theory]
    [InlineData("sys/fs/cgroup/user.slice/job/memory.max")]
    [InlineData("sys/fs/cgroup/user.slice/memory.max")]
    [InlineData("sys/fs/cgroup/memory.max")]
    [InlineData("sys/fs/cgroup/memory/old/memory.limit_in_bytes")]
    public void Memory_WithLimitOfTheGroupOrOneAbove_IsTheLowest(string limit)
    {
        Write("proc/meminfo", "MemTotal:        2048 kB\n");
        Write("proc/self/cgroup", "5:cpu,memory:/old\n1:name=systemd:/x\n0::/user.slice/job\n");
        Write("sys/fs/cgroup/user.slice/job/memory.high", "1\n");
        Write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        Write(limit, "1000000\n");
        Assert.Equal(1_000_000, new MachineFiles(_root.FullName).MemoryBytes());
    }

    [Fact]
    public void Memory_OfASystemWithoutThoseFiles_IsUnknown() => Assert.Null(new MachineFiles(_root.FullName).MemoryBytes());

    [Fact]
    public void Memory_OfThisMachine_IsAboveZero() => Assert.InRange(LocalMachine.MemoryBytes(), 1, long.MaxValue);

    [Theory]
    [InlineData("0::/user.slice/job\n", "sys/fs/cgroup/user.slice/job/memory.events")]
    [InlineData("5:cpu,memory:/old\n0::/\n", "sys/fs/cgroup/memory/old/memory.oom_control")]
    [InlineData("5:memory:/docker/x\n", "sys/fs/cgroup/memory/memory.oom_control")]
    [InlineData("0::/none\n", null)]
    [InlineData("", null)]
    public void KillCounter_OfEachKindOfGroup_IsItsOwnFile(string groups, string? file)
    {
        Write("proc/self/cgroup", groups);
        Write("sys/fs/cgroup/user.slice/job/memory.events", "oom_kill 0\n");
        Write("sys/fs/cgroup/memory/old/memory.oom_control", "oom_kill 0\n");
        Write("sys/fs/cgroup/memory/memory.oom_control", "oom_kill 0\n");
        Assert.Equal(file is null ? null : Path.Combine(_root.FullName, file), new MachineFiles(_root.FullName).KillCounter());
    }

    [Fact]
    public void Gpus_OfNvidia_AreItsNumberedDevices()
    {
        Array.ForEach(["nvidia0", "nvidia1", "nvidia10", "nvidiactl", "nvidia-uvm", "nvidia-caps"], name => Write("dev/" + name, string.Empty));
        Assert.Equal(3, new MachineFiles(_root.FullName).CountGpus());
    }

    [Fact]
    public void Gpus_OfRocm_AreTheNodesWithVectorUnits()
    {
        Write("sys/class/kfd/kfd/topology/nodes/0/properties", "cpu_cores_count 16\nsimd_count 0\n");
        Write("sys/class/kfd/kfd/topology/nodes/1/properties", "cpu_cores_count 0\nsimd_count 440\n");
        Write("sys/class/kfd/kfd/topology/nodes/2/properties", "simd_count 440\n");
        Assert.Equal(2, new MachineFiles(_root.FullName).CountGpus());
    }

    [Fact]
    public void Gpus_OfAMachineWithout_AreNone() => Assert.Equal(0, new MachineFiles(_root.FullName).CountGpus());

    [Theory]
    [InlineData("0,1", 2, "0 1")]
    [InlineData(" 1 , 0 ", 2, "1 0")]
    [InlineData("3,GPU-8932f937,MIG-1", 4, "3 GPU-8932f937 MIG-1")]
    [InlineData("0,7,1", 2, "0")]
    [InlineData("1,1", 2, "1")]
    [InlineData("-1", 2, "")]
    [InlineData("", 2, "")]
    [InlineData("NoDevFiles", 2, "")]
    [InlineData("0", 0, "")]
    public void VisibleDevices_OfEachForm_AreThoseThatProgramsSee(string text, int count, string expected) =>
        Assert.Equal(expected, string.Join(' ', VisibleDevices.Of(text, count)));

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
