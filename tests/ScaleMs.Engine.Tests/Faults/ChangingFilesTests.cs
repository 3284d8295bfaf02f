using System.IO.MemoryMappedFiles;
using ScaleMs.Core.Failures;
using Xunit;

namespace ScaleMs.Engine.Tests.Faults;

/// <summary>Files that change while they are hashed, or while a step reads them.</summary>
public sealed class ChangingFilesTests : IDisposable
{
    private readonly TestStudy _study = new();

    public ChangingFilesTests() => _study.Write("in.txt", "aaaa\n");

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Source_ChangedWhileItIsHashed_IsNeverRecordedWrongly()
    {
        var changes = 0;
        _study.Ports = ports => ports with { Disk = new OtherDisk { WhileHashed = path => Change(path, ref changes) } };
        _study.Run(Shop.Define);
        Assert.True(changes > 0);
        _study.Ports = ports => ports;
        _study.IsRight();
        _study.Write("in.txt", "aaaa\n");
        _study.IsRight();

        void Change(string path, ref int count)
        {
            if (path == _study.PathOf("in.txt") && count++ < 3)
            {
                Rewrite($"bbb{count}\n");
            }
        }
    }

    [Fact]
    public void Source_ThatNeverStopsChanging_EndsTheRunAndIsNeverRecordedWrongly()
    {
        var changes = 0;
        _study.Ports = ports => ports with { Disk = new OtherDisk { WhileHashed = path => Change(path) } };
        var report = _study.Run(Shop.Define);
        Assert.Equal(FailureClass.InputChanged, report.Summary.Steps.First(step => step.Failure is not null).Failure!.Class);
        _study.Ports = ports => ports;
        _study.IsRight();

        void Change(string path)
        {
            if (path == _study.PathOf("in.txt"))
            {
                Rewrite($"b{changes++ % 1000:D3}\n");
            }
        }
    }

    [Theory]
    [InlineData("written")]
    [InlineData("mapped")]
    [InlineData("replaced")]
    public void Source_RewrittenWhileAStepReadsItWithSizeAndTimeKept_IsReadAgainInTheSameRun(string how)
    {
        var launches = 0;
        var report = _study.Run(Shop.Define, launcher: new Hook(request =>
        {
            if (request.Step.Step == "upper" && ++launches == 1)
            {
                Rewrite("bbbb\n", how);
            }
        }));
        Assert.Equal((0, 2, "1BBBB\n2BBBB\n"), (report.ExitCode, launches, _study.Read("results/sum.txt")));
        Assert.Equal(["InputChanged", "done"], _study.StepOf("t/upper").Attempts.Select(attempt => attempt.Outcome));
        Assert.Contains(_study.Notices, notice => notice.Contains("in.txt", StringComparison.Ordinal) && notice.EndsWith("it is judged again", StringComparison.Ordinal));
        _study.IsRight();
        Rewrite("aaaa\n", how);
        _study.IsRight();
    }

    [Fact]
    public void Source_ChangedToWhatIsRecordedWhileAStepReadsIt_IsNotRunAgain()
    {
        _study.IsRight();
        Rewrite("bbbb\n");
        var launches = 0;
        var report = _study.Run(Shop.Define, launcher: new Hook(request => Rewrite(++launches == 1 ? "aaaa\n" : "cccc\n")));
        Assert.Equal((0, 1), (report.ExitCode, launches));
        Assert.Equal(Core.Planning.Outcome.UpToDate, _study.StepOf("t/upper").Outcome);
        _study.IsRight();
    }

    [Fact]
    public void Source_RewrittenAtEachAttempt_FailsAfterABoundedNumber()
    {
        var launches = 0;
        var report = _study.Run(Shop.Define, launcher: new Hook(request => Rewrite($"b{launches++:D3}\n")));
        var failure = report.Summary.Steps.Single(step => step.Failure is not null).Failure!;
        Assert.Equal((1, FailureClass.InputChanged, 4), (report.ExitCode, failure.Class, launches));
        Assert.Contains("in.txt", failure.Message, StringComparison.Ordinal);
        _study.IsRight();
    }

    [Fact]
    public void Tool_ReplacedWhileItRuns_RunsAgainAsWhatItIs()
    {
        var tool = _study.PathOf("bin/tool");
        void Install(string text)
        {
            _study.Write("bin/tool.new", $"#!/bin/sh\necho {text} > out.txt\n");
            File.SetUnixFileMode(tool + ".new", (UnixFileMode)0b111_101_101);
            File.Move(tool + ".new", tool, overwrite: true);
        }

        void Define(StepBuilder steps) => steps.Step("s").Tool(ToolSpec.Binary("tool", tool)).Run("tool").Output("out.txt", publish: "out.txt");
        Install("old");
        var launches = 0;
        var report = _study.Run(Define, launcher: new Hook(request =>
        {
            if (++launches == 1)
            {
                Install("new");
            }
        }));
        Assert.Equal((0, 2, "new\n"), (report.ExitCode, launches, _study.Read("out.txt")));
        _study.Run(Define);
        Assert.Equal(Core.Planning.Outcome.UpToDate, _study.StepOf("t/s").Outcome);
        Install("old");
        _study.Run(Define);
        Assert.Equal("old\n", _study.Read("out.txt"));
    }

    [Theory]
    [InlineData("written")]
    [InlineData("mapped")]
    [InlineData("replaced")]
    public void Source_RewrittenBetweenRunsWithSizeAndTimeKept_RunsAgain(string how)
    {
        for (var i = 0; i < 10; i++)
        {
            _study.IsRight();
            Rewrite($"{(char)('b' + i)}bbb\n", how);
        }

        _study.IsRight();
    }

    [Fact]
    public void Tool_ReplacedWhileItIsHashed_IsNeverKnownByTheFormerOnesFingerprint()
    {
        var tool = _study.PathOf("bin/tool");
        void Install(string text)
        {
            _study.Write("bin/tool", $"#!/bin/sh\necho {text} > out.txt\n");
            File.SetUnixFileMode(tool, (UnixFileMode)0b111_101_101);
        }

        void Define(StepBuilder steps) => steps.Step("s").Tool(ToolSpec.Binary("tool", tool)).Run("tool").Output("out.txt", publish: "out.txt");
        Install("old");
        var looks = 0;
        _study.Ports = ports => ports with
        {
            Disk = new OtherDisk
            {
                WhileHashed = path =>
                {
                    if (path == tool && ++looks == 2)
                    {
                        Install("new");
                    }
                },
            },
        };
        _study.Run(Define);
        Assert.True(looks >= 2);
        _study.Ports = ports => ports;
        _study.Run(Define);
        Assert.Equal("new\n", _study.Read("out.txt"));
        Install("old");
        _study.Run(Define);
        Assert.Equal("old\n", _study.Read("out.txt"));
    }

    /// <summary>Writes other bytes of the same length and puts the time of modification back.</summary>
    private void Rewrite(string text, string how = "written")
    {
        var path = _study.PathOf("in.txt");
        var stamp = File.GetLastWriteTimeUtc(path);
        switch (how)
        {
            case "mapped":
                using (var map = MemoryMappedFile.CreateFromFile(path, FileMode.Open))
                using (var view = map.CreateViewStream(0, text.Length))
                {
                    view.Write(System.Text.Encoding.ASCII.GetBytes(text));
                }

                break;
            case "replaced":
                File.WriteAllText(path + ".new", text);
                File.Move(path + ".new", path, overwrite: true);
                break;
            default:
                File.WriteAllText(path, text);
                break;
        }

        File.SetLastWriteTimeUtc(path, stamp);
    }
}
