using System.Diagnostics;

namespace ScaleMs.Tool.Tests.Detaching;

/// <summary>Runs that go on without a terminal, from the first command to the last.</summary>
public sealed class DetachTests : IDisposable
{
    private readonly GatedHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Detached_WhileAStepRuns_IsToldAndFollowedToItsEnd()
    {
        var told = _host.Detach();
        Assert.Contains("detached  run ", told, StringComparison.Ordinal);
        Assert.Contains("scalems cancel", told, StringComparison.Ordinal);

        GatedHost.WaitFor(() => _host.Status().GetProperty("counts").GetProperty("executed").GetInt32() == 1);
        var status = _host.Status();
        Assert.Equal("Running", status.GetProperty("state").GetString());
        Assert.Equal("engine", status.GetProperty("source").GetString());
        Assert.Equal("Default/gate", Assert.Single(status.GetProperty("running").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(1, status.GetProperty("toGo").GetInt32());
        Assert.True(status.GetProperty("note").GetProperty("isDetached").GetBoolean());
        Assert.Contains("running   Default/gate (", _host.Tool("status").Output, StringComparison.Ordinal);

        using var attach = _host.StartTool("attach");
        Assert.StartsWith("running   run ", attach.StandardOutput.ReadLine(), StringComparison.Ordinal);
        _host.OpenGate();
        var rest = attach.StandardOutput.ReadToEnd();
        attach.WaitForExit();
        Assert.Equal(0, attach.ExitCode);
        Assert.Contains("done      Default/gate", rest, StringComparison.Ordinal);
        Assert.Contains("done: Default in ", rest, StringComparison.Ordinal);
        Assert.Contains("3 executed", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("done      Default/quick", rest, StringComparison.Ordinal);
        Assert.Equal("gate\n", File.ReadAllText(_host.PathOf("results/last.txt")));

        var ended = _host.Status();
        Assert.Equal("Ended", ended.GetProperty("state").GetString());
        Assert.Equal(0, ended.GetProperty("note").GetProperty("end").GetProperty("exitCode").GetInt32());
        Assert.Contains("done: Default", File.ReadAllText(ended.GetProperty("note").GetProperty("output").GetString()!), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_host.PathOf(".scalems"), "detached-*"));
    }

    [Fact]
    public void Detached_IsASessionOfItsOwn_WithoutInputAndWithoutItsMark()
    {
        _host.Detach();
        var pid = _host.Note.Pid;
        var stat = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[1].Split(' ');
        Assert.Equal(pid.ToString(), stat[3]);
        Assert.Equal("/dev/null", new FileInfo($"/proc/{pid}/fd/0").LinkTarget);
        Assert.EndsWith("output.log", new FileInfo($"/proc/{pid}/fd/1").LinkTarget, StringComparison.Ordinal);
        Assert.True(ToolProcess.Succeeds("kill", "-HUP", $"{pid}"));
        _host.OpenGate();
        GatedHost.WaitFor(() => !GatedHost.Lives(pid));
        Assert.Equal("Ended", _host.Status().GetProperty("state").GetString());
        Assert.True(File.Exists(_host.PathOf("results/last.txt")));
    }

    [Fact]
    public void Cancel_OfADetachedRun_EndsItAndItsSteps()
    {
        _host.Detach();
        var pid = _host.Note.Pid;
        var cancelled = _host.Tool("cancel");
        Assert.Equal(0, cancelled.ExitCode);
        Assert.Contains("has ended, exit code 130", cancelled.Output, StringComparison.Ordinal);
        var status = _host.Status();
        Assert.Equal("Ended", status.GetProperty("state").GetString());
        Assert.Equal("interrupted", status.GetProperty("outcome").GetString());
        GatedHost.WaitFor(() => !GatedHost.Lives(pid));
        Assert.Contains("nothing runs here", _host.Tool("cancel").Output, StringComparison.Ordinal);

        _host.OpenGate();
        Assert.Equal(0, _host.Run().Code);
    }

    [Fact]
    public void CancelSteps_OfADetachedRun_EndsThemAndWhatFollowsAndTellsWhoIsAttached()
    {
        _host.Detach();
        using var attach = _host.StartTool("attach");
        Assert.StartsWith("running   run ", attach.StandardOutput.ReadLine(), StringComparison.Ordinal);
        var none = _host.Tool("cancel", "--steps", "Default/nothing", "--steps", "quick");
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("that is still to be done fits 'Default/nothing' or 'quick'", none.Error, StringComparison.Ordinal);

        var cancelled = _host.Tool("cancel", "--steps", "Default/gate");
        Assert.Equal(0, cancelled.ExitCode);
        Assert.Contains("1 running step was told to end: Default/gate; 0 will not begin", cancelled.Output, StringComparison.Ordinal);
        var rest = attach.StandardOutput.ReadToEnd();
        attach.WaitForExit();
        Assert.Equal(1, attach.ExitCode);
        Assert.Contains("2 cancelled", rest, StringComparison.Ordinal);
        Assert.True(File.Exists(_host.PathOf("results/quick.txt")));
        Assert.Contains("nothing runs here", _host.Tool("cancel", "--steps", "*").Output, StringComparison.Ordinal);

        _host.OpenGate();
        Assert.Equal(0, _host.Run().Code);
    }

    [Fact]
    public void SecondRun_WhileOneIsDetached_NamesWhatToDo()
    {
        _host.Detach();
        foreach (var arguments in new[] { Array.Empty<string>(), ["--detach"] })
        {
            var (code, output) = _host.Run(arguments);
            Assert.Equal(75, code);
            Assert.Contains($"is in use by process {_host.Note.Pid}", output, StringComparison.Ordinal);
            Assert.Contains("'scalems status'", output, StringComparison.Ordinal);
            Assert.Contains("'scalems attach'", output, StringComparison.Ordinal);
            Assert.Contains("'scalems cancel'", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Killed_DetachedRun_IsLostAndTheNextCompletes()
    {
        _host.Detach();
        GatedHost.WaitFor(() => File.Exists(_host.PathOf("results/quick.txt")) && _host.Status().GetProperty("counts").GetProperty("executed").GetInt32() == 1);
        var note = _host.Note;
        using (var engine = Process.GetProcessById(note.Pid))
        {
            engine.Kill();
        }

        GatedHost.WaitFor(() => !GatedHost.Lives(note.Pid));
        Assert.True(File.Exists(note.Socket));
        var status = _host.Status();
        Assert.Equal("Lost", status.GetProperty("state").GetString());
        Assert.Equal("events", status.GetProperty("source").GetString());
        Assert.Equal("Default/gate", Assert.Single(status.GetProperty("running").EnumerateArray()).GetProperty("id").GetString());
        Assert.StartsWith("lost      run ", _host.Tool("status").Output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Tool("attach").ExitCode);

        File.Delete(_host.PathOf("started"));
        _host.Detach();
        Assert.NotEqual(note.Socket, _host.Note.Socket);
        Assert.False(File.Exists(note.Socket));
        var attach = _host.StartTool("attach");
        _host.OpenGate();
        attach.WaitForExit();
        Assert.Equal(0, attach.ExitCode);
        Assert.Equal("gate\n", File.ReadAllText(_host.PathOf("results/last.txt")));
    }

    [Fact]
    public void Detached_ThatFails_GivesAttachItsCodeAndStatusItsLog()
    {
        _host.Detach("--set=mode=bad");
        using var attach = _host.StartTool("attach");
        Assert.StartsWith("running   run ", attach.StandardOutput.ReadLine(), StringComparison.Ordinal);
        _host.OpenGate();
        var rest = attach.StandardOutput.ReadToEnd();
        attach.WaitForExit();
        Assert.Equal(1, attach.ExitCode);
        Assert.Contains("failed    Default/gate", rest, StringComparison.Ordinal);
        var failed = Assert.Single(_host.Status().GetProperty("failed").EnumerateArray());
        Assert.Equal("Default/gate", failed.GetProperty("id").GetString());
        Assert.Equal("ToolError", failed.GetProperty("class").GetString());
        Assert.Equal(1, _host.Tool("attach").ExitCode);
    }

    [Theory]
    [InlineData(2, "no option '--tragte'", "--tragte=x")]
    [InlineData(2, "there is no target 'nowhere'", "--target=nowhere")]
    [InlineData(3, "missing.txt", "--set=mode=broken")]
    [InlineData(2, "'--detach' and '--plan' do not go together", "--plan")]
    public void Detach_OfWhatCannotRun_IsToldInTheForeground(int expected, string words, string argument)
    {
        var (code, output) = _host.Run("--detach", argument);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.Equal(expected, code);
        Assert.False(File.Exists(_host.PathOf("started")));
        Assert.DoesNotContain("detached  ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Detach_WithNothingToDo_IsToldInTheForeground()
    {
        _host.OpenGate();
        Assert.Equal(0, _host.Run().Code);
        var (code, output) = _host.Run("--detach");
        Assert.Equal(0, code);
        Assert.Contains("Default: everything up to date, 3 steps", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_host.PathOf(".scalems"), "detached-*"));
    }
}
