using System.Text.Json;
using ScaleMs.Reporting.Control;

namespace ScaleMs.Tool.Tests.Detaching;

/// <summary>Detached runs where something is unusual: the path, the input, the socket, another run beside.</summary>
public sealed class DetachedPlacesTests : IDisposable
{
    private readonly GatedHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Detached_InAWorkspaceOfALongPath_IsReached()
    {
        var workspace = Directory.CreateDirectory(Path.Combine(_host.Workspace, new string('a', 120), new string('b', 120))).FullName;
        var (code, told) = _host.Run("--detach", $"--working={workspace}");
        Assert.True(code == 0, told);
        Assert.Contains($"scalems status --workspace '{workspace}'", told, StringComparison.Ordinal);
        Assert.Equal("engine", _host.Status("--workspace", workspace).GetProperty("source").GetString());
        Assert.Contains("exit code 130", _host.Tool("cancel", "--workspace", workspace).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Detached_InTwoWorkspaces_AreToldApart()
    {
        using var other = new GatedHost();
        _host.Detach();
        other.Detach("--set=mode=bad");
        Assert.NotEqual(_host.Note.Socket, other.Note.Socket);
        Assert.Equal(0, other.Tool("cancel").ExitCode);
        Assert.Equal("Ended", other.Status().GetProperty("state").GetString());
        Assert.Equal("Running", _host.Status().GetProperty("state").GetString());
        _host.OpenGate();
        Assert.Equal(0, _host.Tool("attach").ExitCode);
    }

    [Fact]
    public void Detached_WithoutStandardInput_GoesOn()
    {
        using var start = _host.StartShell("dotnet \"$HOST\" --detach <&-");
        var (told, wrong) = (start.StandardOutput.ReadToEnd(), start.StandardError.ReadToEnd());
        start.WaitForExit();
        Assert.True(start.ExitCode == 0, told + wrong);
        _host.OpenGate();
        Assert.Equal(0, _host.Tool("attach").ExitCode);
        Assert.Equal("gate\n", File.ReadAllText(_host.PathOf("results/last.txt")));
    }

    /// <summary>As from another machine, where the store is seen and the socket is not.</summary>
    [Fact]
    public void StatusAndAttach_WithoutTheSocket_ReadTheEventLog()
    {
        _host.Detach();
        GatedHost.WaitFor(() => _host.Status().GetProperty("counts").GetProperty("executed").GetInt32() == 1);
        File.Delete(_host.Note.Socket!);
        var status = _host.Status();
        Assert.Equal("Running", status.GetProperty("state").GetString());
        Assert.Equal("events", status.GetProperty("source").GetString());
        Assert.Equal("Default/gate", Assert.Single(status.GetProperty("running").EnumerateArray()).GetProperty("id").GetString());
        Assert.Contains("told by its event log, since its socket", status.GetProperty("remark").GetString(), StringComparison.Ordinal);
        var refused = _host.Tool("cancel");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"'kill -TERM {_host.Note.Pid}' does the same", refused.Error, StringComparison.Ordinal);

        using var attach = _host.StartTool("attach");
        while (attach.StandardOutput.ReadLine() is { } line && !line.StartsWith("note", StringComparison.Ordinal))
        {
        }

        _host.OpenGate();
        var rest = attach.StandardOutput.ReadToEnd();
        attach.WaitForExit();
        Assert.Equal(0, attach.ExitCode);
        Assert.Contains("done: Default in ", rest, StringComparison.Ordinal);
        Assert.Contains("3 executed", rest, StringComparison.Ordinal);
    }

    [Fact]
    public void Attach_Interrupted_LeavesTheRunGoingOn()
    {
        _host.Detach();
        using var attach = _host.StartTool("attach");
        while (attach.StandardOutput.ReadLine() is { } line && !line.StartsWith("output", StringComparison.Ordinal))
        {
        }

        Assert.True(ToolProcess.Succeeds("kill", "-INT", $"{attach.Id}"));
        var rest = attach.StandardOutput.ReadToEnd();
        attach.WaitForExit();
        Assert.Equal(130, attach.ExitCode);
        Assert.Contains("goes on: 'scalems attach' comes back to it", rest, StringComparison.Ordinal);
        Assert.Equal("Running", _host.Status().GetProperty("state").GetString());
        _host.OpenGate();
        Assert.Equal(0, _host.Tool("attach").ExitCode);
    }

    [Fact]
    public void Foreground_InterruptedBeforeThePlan_EndsTheOther()
    {
        using var start = _host.StartShell("exec dotnet \"$HOST\" --detach --set=mode=slow");
        GatedHost.WaitFor(() => File.Exists(_host.PathOf("defining")));
        Assert.True(ToolProcess.Succeeds("kill", "-TERM", $"{start.Id}"));
        start.StandardOutput.ReadToEnd();
        start.WaitForExit();
        Assert.Equal(130, start.ExitCode);
        Assert.Null(RunNote.TryRead(_host.PathOf(".scalems")));
        Assert.Empty(Directory.GetFiles(_host.PathOf(".scalems"), "detached-*"));
    }

    [Fact]
    public void OrdinaryRun_IsReachedAndCancelledToo()
    {
        using var run = _host.StartShell("exec dotnet \"$HOST\"");
        GatedHost.WaitFor(() => File.Exists(_host.PathOf(".scalems/run.json")));
        var status = _host.Status();
        Assert.Equal("engine", status.GetProperty("source").GetString());
        Assert.False(status.GetProperty("note").GetProperty("isDetached").GetBoolean());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("note").GetProperty("output").ValueKind);
        Assert.Equal(0, _host.Tool("cancel").ExitCode);
        run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        Assert.Equal(130, run.ExitCode);
    }
}
