using System.Net.Sockets;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Faults;
using Xunit;

namespace ScaleMs.Engine.Tests.Faults;

/// <summary>What is no regular file where one is declared: told, and never waited for.</summary>
public sealed class OddFilesTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);
    private readonly TestStudy _study = new();

    public OddFilesTests() => Directory.CreateDirectory(_study.PathOf("in"));

    public void Dispose() => _study.Dispose();

    [Theory]
    [InlineData("fifo", "a FIFO")]
    [InlineData("socket", "a socket")]
    [InlineData("device", "a device")]
    [InlineData("directory", "a directory")]
    [InlineData("link to a fifo", "a FIFO")]
    public async Task Source_ThatIsNoRegularFile_IsAFaultThatSaysWhatItIs(string kind, string word)
    {
        using var made = Make(kind, _study.PathOf("in/x"));
        var fault = await Assert.ThrowsAsync<FaultException>(() => Bounded(() => _study.Run(steps => steps.Shell("s", "cat x > y").Input("x", new SourceFile("in/x")).Output("y"))));
        Assert.Contains($"is {word}", Assert.Single(fault.Faults).What, StringComparison.Ordinal);
        fault = await Assert.ThrowsAsync<FaultException>(() => Bounded(() => _study.Run(steps => steps.Shell("s", "cat x > y").Template("x", new SourceFile("in/x"), new { A = 1 }).Output("y"))));
        Assert.Contains($"is {word}", Assert.Single(fault.Faults).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fifo")]
    [InlineData("directory")]
    public async Task Source_ReplacedBySomethingElseDuringTheRun_IsAFailure(string kind)
    {
        _study.Write("in/x", "x\n");
        var report = await Bounded(() => _study.Run(
            steps =>
            {
                var first = steps.Shell("first", "echo > f").Output("f");
                steps.Shell("s", "cat x > y").Input("f", first.File("f")).Input("x", new SourceFile("in/x")).Output("y");
            },
            launcher: new Hook(request =>
            {
                if (request.Step.Step == "first")
                {
                    File.Delete(_study.PathOf("in/x"));
                    Make(kind, _study.PathOf("in/x")).Dispose();
                }
            })));
        Assert.NotNull(report.Summary.Steps.Single(step => step.Id.Step == "s").Failure);
    }

    [Theory]
    [InlineData("mkfifo x")]
    [InlineData("mknod x c 1 3")]
    [InlineData("mkdir x")]
    [InlineData("ln -s in x")]
    public async Task Output_ThatIsNoRegularFile_IsAFailureThatNamesIt(string script)
    {
        Assert.SkipUnless(!script.StartsWith("mknod", StringComparison.Ordinal) || Shop.Can("mknod", _study.PathOf("null"), "c", "1", "3"), "needs the right to make a device");
        var report = await Bounded(() => _study.Run(steps => steps.Shell("s", script).Output("x", publish: "x").SucceedsWhen(result => result.FileExists("x"))));
        var failure = report.Summary.Steps.Single().Failure!;
        Assert.Contains("x", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.Class is FailureClass.OutputMissing or FailureClass.ToolError, failure.ToString());
        Assert.False(Path.Exists(_study.PathOf("x")));
    }

    [Fact]
    public async Task Success_JudgedByTheTextOfAFifo_IsAFailure()
    {
        var report = await Bounded(() => _study.Run(steps => steps.Shell("s", "mkfifo x; echo > y").SucceedsWhen(result => result.Matches("done", path: "x")).Output("y")));
        Assert.Equal(FailureClass.ToolError, report.Summary.Steps.Single().Failure!.Class);
    }

    [Fact]
    public async Task StandardOutput_ToAFifoOfTheStepsOwn_IsAFailure()
    {
        var report = await Bounded(() => _study.Run(steps => steps.Shell("s", "mkfifo x").Run("sh", "-c", "echo text").OutputTo("x").Output("x")));
        Assert.NotNull(report.Summary.Steps.Single().Failure);
    }

    [Theory]
    [InlineData("fifo")]
    [InlineData("directory")]
    [InlineData("socket")]
    public async Task PublishedPlace_TakenBySomethingElse_IsAFaultAndStays(string kind)
    {
        using var made = Make(kind, _study.PathOf("out"));
        await Assert.ThrowsAsync<FaultException>(() => Bounded(() => _study.Run(steps => steps.Shell("s", "echo > y").Output("y", publish: "out"))));
        Assert.True(Path.Exists(_study.PathOf("out")));
    }

    [Fact]
    public async Task PublishedFile_ReplacedByAFifo_IsKeptAsideAndRestored()
    {
        void Define(StepBuilder steps) => steps.Shell("s", "echo text > y").Output("y", publish: "out");
        _study.Run(Define);
        File.Delete(_study.PathOf("out"));
        Make("fifo", _study.PathOf("out")).Dispose();
        var report = await Bounded(() => _study.Run(Define));
        Assert.Equal(1, report.Summary.Counts.Restored);
        Assert.Equal("text\n", _study.Read("out"));
    }

    [Fact]
    public void Source_ThatIsReadOnly_IsStagedEditedInACopyAndNeverChanged()
    {
        _study.Write("in/x", "one\n");
        File.SetUnixFileMode(_study.PathOf("in/x"), UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        void Define(StepBuilder steps)
        {
            var made = steps.Shell("made", "cp x y; chmod 444 y").Input("x", new SourceFile("in/x")).Output("y", publish: "y");
            steps.Shell("edited", "echo two >> y; cp y z").Edit("y", made.File("y")).Output("z", publish: "z");
        }

        _study.Run(Define);
        Assert.Equal(("one\n", "one\n", "one\ntwo\n"), (_study.Read("in/x"), _study.Read("y"), _study.Read("z")));
        Assert.Equal(2, _study.Run(Define).Summary.Counts.UpToDate);
    }

    private static Task<T> Bounded<T>(Func<T> run) => Task.Run(run).WaitAsync(Hang);

    private IDisposable Make(string kind, string path)
    {
        switch (kind)
        {
            case "directory":
                return Nothing(Directory.CreateDirectory(path));
            case "socket":
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                return socket;
            case "device":
                return Nothing(File.CreateSymbolicLink(path, "/dev/zero"));
            case "link to a fifo":
                Make("fifo", path + ".fifo");
                return Nothing(File.CreateSymbolicLink(path, path + ".fifo"));
            default:
                Assert.True(Shop.Can("mkfifo", path));
                return Nothing(path);
        }

        static IDisposable Nothing(object made) => new MemoryStream(made is null ? [] : [1]);
    }
}
