using ScaleMs.Store;
using Xunit;

namespace ScaleMs.Engine.Tests.Faults;

public sealed class ClockTests : IDisposable
{
    private const long Second = 1_000_000_000;
    private readonly TestStudy _study = new();

    public ClockTests() => _study.Write("in.txt", "a\n");

    public void Dispose() => _study.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void FileSystem_WithCoarseTimes_EditInTheSameSecondIsNoticed(int seconds)
    {
        UseDisk(ns => ns - (ns % (seconds * Second)));
        for (var i = 0; i < 20; i++)
        {
            _study.Write("in.txt", $"{(char)('a' + i)}\n");
            _study.IsRight();
        }
    }

    [Fact]
    public void FileSystem_WithoutTimes_EditIsNoticed()
    {
        UseDisk(_ => 0);
        for (var i = 0; i < 5; i++)
        {
            _study.Write("in.txt", $"{(char)('a' + i)}\n");
            _study.IsRight();
        }
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void FileServer_WithAnotherClock_EditIsNoticed(int seconds)
    {
        UseDisk(ns => ns + (seconds * Second));
        for (var i = 0; i < 20; i++)
        {
            _study.Write("in.txt", $"{(char)('a' + i)}\n");
            _study.IsRight();
        }
    }

    [Fact]
    public void Clock_SetBackBetweenRuns_ChangesNothing()
    {
        var now = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        foreach (var days in (int[])[0, -1, -400, -400, 1])
        {
            UseClock(now.AddDays(days));
            _study.Write("in.txt", $"{days}\n");
            _study.IsRight();
        }
    }

    /// <summary>Every run has the same name then; a directory that a failed attempt left must not serve the next.</summary>
    [Fact]
    public void Clock_StandingStill_AttemptsDoNotMeet()
    {
        UseClock(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        for (var i = 0; i < 3; i++)
        {
            var report = _study.Run(steps => steps.Shell("s", "test ! -e left && touch left; echo x > out.txt; test -e in.txt && grep -q good in.txt").Input("in.txt", new SourceFile("in.txt")).Output("out.txt"));
            Assert.Equal(1, report.Summary.Counts.Failed);
            Assert.DoesNotContain("left", string.Join('\n', report.Summary.Steps[0].Failure!.LogTail ?? []), StringComparison.Ordinal);
        }

        _study.IsRight();
    }

    [Fact]
    public void Source_WithATimeInTheFuture_EditIsNoticed()
    {
        for (var i = 0; i < 5; i++)
        {
            _study.Write("in.txt", $"{(char)('a' + i)}\n");
            File.SetLastWriteTimeUtc(_study.PathOf("in.txt"), new DateTime(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            _study.IsRight();
        }
    }

    private void UseDisk(Func<long, long> stamp) => _study.Ports = ports => ports with { Disk = new OtherDisk { Stamp = stamp } };

    private void UseClock(DateTimeOffset now) => _study.Ports = ports => ports with
    {
        Clock = new StandingClock(now),
        OpenStore = () => FileStore.Open(_study.Root, new OpenOptions { Clock = new StandingClock(now) }),
    };

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
