using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Control;
using ScaleMs.Reporting.Tests.Support;
using ScaleMs.Reporting.Terminal;
using Xunit;

namespace ScaleMs.Reporting.Tests;

/// <summary>A run's control server, asked through its socket.</summary>
public sealed class ControlServerTests : IDisposable
{
    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("scalems-control-");
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly List<string> _complaints = [];
    private readonly ConsoleReporter _console;
    private readonly ControlServer _server;
    private readonly Script _script;
    private RunNote? _note;
    private int _cancelled;

    public ControlServerTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no control socket on Windows");
        _console = new ConsoleReporter(_output, new ConsoleOptions(), TimeProvider.System);
        _server = new ControlServer(_console, new ControlOrder
        {
            Store = _store.FullName,
            HostName = "here",
            BootId = "boot",
            Cancel = () => Interlocked.Increment(ref _cancelled),
            Complain = _complaints.Add,
            Output = run => $"{run}.log",
            Ready = note => _note = note,
        });
        _script = new Script(_console, _server);
    }

    public void Dispose()
    {
        _server.End(0);
        _server.Dispose();
        _console.Dispose();
        _output.Dispose();
        _store.Delete(recursive: true);
    }

    [Fact]
    public void Server_OfANullRun_DoesNothing()
    {
        _script.Begin(2).UpToDate("a", 1).UpToDate("b", 1).End();
        _server.End(0);
        Assert.Null(_note);
        Assert.Empty(_store.GetFiles());
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Socket_IsTheOwnersAlone_AndGoesWithTheRun()
    {
        _script.Begin(1).Start("a");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_note!.Socket!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(_note.Socket)!));
        Assert.True(Encoding.UTF8.GetByteCount(_note.Socket!) < 104);
        _server.End(1);
        Assert.False(File.Exists(_note.Socket));
        Assert.Equal(1, RunNote.TryRead(_store.FullName)!.End!.ExitCode);
        Assert.Empty(_complaints);
    }

    [Fact]
    public void Status_TellsCountsProgressAndFailures()
    {
        _script.Expect("c", 10).Begin(5).Plan(["a", "b", "c"]).UpToDate("u", 1).Run("a", 2).Start("b").Fail("b", 1, new Failure(FailureClass.ToolError, "no", 3, "sh", "logs/b")).Start("c").Tell("c", 1, 4);
        using var client = Client();
        var status = client.Ask("status").Status!;
        Assert.Equal(new RunCounts(1, 0, 1, 1, 0, 0, 0), status.Counts);
        Assert.Equal(1, status.ToGo);
        var running = Assert.Single(status.Running);
        Assert.Equal(("c", 1L, 4L), (running.Id, running.Done, running.Total));
        Assert.Equal(new FailedStatus("b", "ToolError", "no", "logs/b"), Assert.Single(status.Failed));
    }

    [Fact]
    public void Events_FromTheMiddle_LeadAnotherConsoleToTheSameEnd()
    {
        _script.Expect("c", 10).Begin(4).Plan(["a", "b", "c"]).UpToDate("u", 1).Run("a", 2).Start("b");
        using var client = Client();
        Assert.Equal("events", client.Ask("events").Answer);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var console = new ConsoleReporter(output, new ConsoleOptions(), TimeProvider.System);
        var followed = new FollowedRun(console, _ => Path.Combine(_store.FullName, "runs"));
        string? line;
        do
        {
            line = client.Next(TimeSpan.FromMinutes(1));
            followed.Take(line!);
        }
        while (!line!.Contains("\"caughtUp\"", StringComparison.Ordinal));
        Assert.Equal((2, 1, 1), console.Look(view => (view.Settled, view.Running.Count, view.Left)));
        Assert.Equal(_console.Look(view => view.Work.RestAt(_script.Now, [])), console.Look(view => view.Work.RestAt(_script.Now, [])));

        _script.Execute("b", 3).Run("c", 9).End();
        Files.SummaryWriter.WriteChanged(_script.Summary(), Path.Combine(_store.FullName, "runs", "summary.json"));
        _server.End(0);
        RunEnd? end = null;
        while (end is null)
        {
            line = client.Next(TimeSpan.FromMinutes(1))!;
            end = ControlClient.AnswerIn(line)?.End;
            followed.Take(line);
        }

        followed.TellEnd();
        Assert.Equal(0, end.ExitCode);
        var whole = _output.ToString();
        Assert.Equal(whole[whole.IndexOf("done      b", StringComparison.Ordinal)..], output.ToString());
    }

    [Fact]
    public void Cancel_IsPassedOnOnce()
    {
        _script.Begin(1).Start("a");
        using var client = Client();
        Assert.Equal("cancel", client.Ask("cancel").Answer);
        Assert.Equal(1, _cancelled);
    }

    [Theory]
    [InlineData("""{"version":2,"request":"cancel"}""", "version 1, not 2")]
    [InlineData("""{"version":1,"request":"format"}""", "no request 'format'")]
    [InlineData("cancel", "no request")]
    [InlineData("null", "no request")]
    [InlineData("[1]", "no request")]
    [InlineData("""{"version":1,"request":"cancelSteps","steps":[null]}""", "no request")]
    [InlineData("""{"version":1,"request":"cancelSteps","steps":["a",7]}""", "no request")]
    [InlineData("""{"version":1,"request":null}""", "no request")]
    public void Request_OfAnotherForm_IsRefusedAndHarmsNobody(string request, string words)
    {
        _script.Begin(1).Start("a");
        using var socket = Connect();
        socket.Send(Encoding.UTF8.GetBytes(request + "\n"));
        using var lines = new StreamReader(new NetworkStream(socket));
        Assert.Contains(words, lines.ReadLine(), StringComparison.Ordinal);
        Assert.Equal(0, _cancelled);
        using var client = Client();
        Assert.NotNull(client.Ask("status").Status);
    }

    [Fact]
    public void Request_WithoutAnEnd_IsNotRead()
    {
        _script.Begin(1).Start("a");
        using var socket = Connect();
        socket.Send(new byte[4096]);
        Assert.Equal(0, socket.Receive(new byte[1]));
    }

    /// <summary>More than any buffer on the way holds.</summary>
    [Fact]
    public void Client_ThatDoesNotRead_IsLeft()
    {
        _script.Begin(1).Start("a");
        using var client = Client();
        client.Ask("events");
        for (var i = 0; i < 200_000; i++)
        {
            _script.Notice("n", new string('x', 100));
        }

        _script.Execute("a", 1).End();
        _server.End(0);
        Assert.DoesNotContain("observer-failed", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Socket_ThatCannotBe_IsNoReasonToFail()
    {
        using var server = new ControlServer(_console, new ControlOrder { Store = Path.Combine(_store.FullName, "gone", "\0"), HostName = "here", BootId = "boot", Cancel = () => { }, Complain = _complaints.Add, Output = _ => string.Empty });
        new Script(server).Begin(1).Start("a").Execute("a", 1).End();
        server.End(0);
        Assert.NotEmpty(_complaints);
    }

    private ControlClient Client()
    {
        var (client, problem) = ControlClient.Reach(_note!);
        return client ?? throw new InvalidOperationException(problem);
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 60_000 };
        socket.Connect(new UnixDomainSocketEndPoint(_note!.Socket!));
        return socket;
    }
}
