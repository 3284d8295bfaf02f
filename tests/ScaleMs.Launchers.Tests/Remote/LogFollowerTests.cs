using System.Buffers;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using Xunit;

namespace ScaleMs.Launchers.Tests.Remote;

public sealed class LogFollowerTests : IDisposable
{
    private readonly WrapperSpace _space = new();
    private readonly List<string> _lines = [];
    private string _log = string.Empty;

    public void Dispose() => _space.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Log_Grows_LinesAreToldOnceAndTheCopyIsTheSame(bool isThroughAShell)
    {
        var log = Follow(_space.Request(), isThroughAShell);
        await Print("1\n2");
        await log.DrainAsync(CancellationToken.None);
        Assert.Equal(["1"], _lines);
        await Print("2\n\u00e4 \u0001");
        await log.FinishAsync(0, TimeSpan.Zero, CancellationToken.None);
        await log.FinishAsync(0, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(["1", "22", "ä \u0001"], _lines);
        Assert.Equal("1\n22\nä \u0001", _space.Log);
    }

    [Fact]
    public async Task Log_IsNotThere_NothingIsMade()
    {
        await Follow(_space.Request(), isThroughAShell: true).FinishAsync(0, TimeSpan.Zero, CancellationToken.None);
        Assert.False(File.Exists(_space.PathOf("log")));
    }

    [Fact]
    public async Task Log_OfATakenOverAttempt_CopyIsMadeAnew()
    {
        await File.WriteAllTextAsync(_space.PathOf("log"), "what the dead client had copied of it");
        await Print("1\n");
        await Follow(_space.Request(), isThroughAShell: false).FinishAsync(0, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal("1\n", _space.Log);
    }

    [Fact]
    public async Task Log_HasAFilter_NothingPassesIt()
    {
        var request = _space.Request() with { LogFilter = new Stars() };
        var log = Follow(request, isThroughAShell: false);
        await Print("a secret\n");
        await log.FinishAsync(0, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(("* ******\n.", "* ******"), (_space.Log, _lines[0]));
    }

    [Fact]
    public async Task Log_IsSeenLate_IsWaitedForToItsLength()
    {
        var log = Follow(_space.Request(), isThroughAShell: false);
        var finish = log.FinishAsync(4, TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.False(finish.IsCompleted);
        await Print("1\n2\n");
        await finish;
        Assert.Equal(["1", "2"], _lines);
    }

    [Fact]
    public async Task Log_IsShorterThanTheNodeSaid_IsWaitedForWithABound()
    {
        await Print("1\n");
        await Follow(_space.Request(), isThroughAShell: false).FinishAsync(long.MaxValue, TimeSpan.FromMilliseconds(100), CancellationToken.None);
        Assert.Equal(["1"], _lines);
    }

    [Fact]
    public async Task Wrapper_RunsALaunchWithAFilter_RawLogIsPrivateAndRemoved()
    {
        var request = _space.Request(LaunchSpace.Shell("echo a secret")) with { LogFilter = new Stars() };
        await _space.RunAsync(request);
        var raw = _space.PathOf(AttemptFiles.RawLog);
        Assert.Equal(("a secret\n", UnixFileMode.UserRead | UnixFileMode.UserWrite), (await File.ReadAllTextAsync(raw), File.GetUnixFileMode(raw)));
        await new SharedStaging(_space.Site, TimeSpan.Zero).RemoveAsync(AttemptPlace.Shared(_space.Files), CancellationToken.None);
        Assert.False(File.Exists(raw));
        Assert.Equal(string.Empty, _space.Log);
    }

    private LogFollower Follow(LaunchRequest request, bool isThroughAShell)
    {
        _log = _space.PathOf("there's.log");
        return new LogFollower(isThroughAShell ? new ShellLogSource(new LocalShell(), _log) : new FileLogSource(_log), request, isCopied: true, _lines.Add);
    }

    private Task Print(string text)
    {
        _log = _space.PathOf("there's.log");
        return File.AppendAllTextAsync(_log, text);
    }

    /// <summary>Lets blanks and line ends through; writes a full stop at the end.</summary>
    private sealed class Stars : ILogFilter
    {
        public void Pass(ReadOnlySpan<byte> bytes, IBufferWriter<byte> log) => log.Write(Array.ConvertAll(bytes.ToArray(), letter => letter is (byte)' ' or (byte)'\n' ? letter : (byte)'*'));

        public void End(IBufferWriter<byte> log) => log.Write("."u8);
    }
}
