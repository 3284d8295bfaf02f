using ScaleMs.Core.Ports;
using ScaleMs.Store;
using Xunit;

namespace ScaleMs.Engine.Tests.Faults;

/// <summary>A small disk that fills up at each point of a run in turn.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly string _mount = Directory.CreateTempSubdirectory("scalems-full-").FullName;
    private readonly TestStudy _study;

    public FullDiskTests()
    {
        _study = new TestStudy(_mount);
        var isMounted = OperatingSystem.IsLinux() && Shop.Can("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", _mount);
        Assert.SkipUnless(isMounted, "needs root to mount a small tmpfs");
        _study.Write("in.txt", string.Concat(Enumerable.Range(0, 2000).Select(i => $"line {i}\n")));
    }

    public void Dispose()
    {
        // Lazily: a process that another test is just starting may still hold a copy of an open file.
        Shop.Can("umount", "-l", _mount);
        Directory.Delete(_mount, recursive: true);
    }

    public static TheoryData<string> Points => [.. CrashPoint.All];

    [Theory]
    [MemberData(nameof(Points))]
    public void Disk_FullFromAPointOn_IsToldAndTheNextRunCompletes(string point)
    {
        _study.IsRight();
        _study.Write("in.txt", _study.Read("in.txt").Replace("line", "word", StringComparison.Ordinal));
        var isFull = false;
        var told = Told(reached =>
        {
            if (reached == point)
            {
                isFull = true;
                Fill();
            }
        });
        Assert.True(isFull, $"no run came to {point}");
        // After the results are recorded and told, a close that cannot be written costs the next run time and nothing else.
        Assert.True(told.Length == 0 || told.Contains("full", StringComparison.Ordinal) || told.Contains("No space left", StringComparison.Ordinal), told);
        Free();
        _study.IsRight();
    }

    [Fact]
    public void Disk_FullWhenTheStoreIsOpened_IsToldAndTheNextRunCompletes()
    {
        Fill();
        var told = Told(_ => { });
        Assert.Contains("the disk is full", told, StringComparison.Ordinal);
        Free();
        _study.IsRight();
    }

    /// <summary>Everything that a run says of its trouble; nothing when it had none.</summary>
    private string Told(Action<string> atPoint)
    {
        var ports = _study.Ports;
        _study.Ports = given => given with { AtPoint = atPoint, Launcher = new TidyLauncher(), OpenStore = () => FileStore.Open(_mount, new OpenOptions { AtPoint = atPoint, MostSegments = 1 }) };
        try
        {
            var steps = _study.Run(Shop.Define).Summary.Steps;
            return string.Join('\n', steps.Select(step => step.Failure).OfType<Core.Failures.Failure>().Select(failure => $"{failure.Message} {string.Join('\n', failure.LogTail ?? [])}"));
        }
        catch (StoreException exception)
        {
            return exception.Message;
        }
        finally
        {
            _study.Ports = ports;
        }
    }

    private void Fill()
    {
        try
        {
            using var filler = new FileStream(Path.Combine(_mount, "filler"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            while (true)
            {
                filler.Write(new byte[512]);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private void Free() => File.Delete(Path.Combine(_mount, "filler"));
}
