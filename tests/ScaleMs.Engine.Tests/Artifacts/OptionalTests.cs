using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests.Artifacts;

/// <summary>Outputs that a step may leave out.</summary>
public sealed class OptionalTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Absence_OfAnOptionalOutput_IsRecorded()
    {
        _study.Write("in.txt", "fine\n");
        Assert.Equal(0, _study.Run(Checked).ExitCode);

        Assert.False(_study.Exists("errors.txt"));
        Assert.Equal("none\n", _study.Read("told.txt"));
        Assert.Equal(["told.txt"], _study.Last!.Summary.Steps.SelectMany(step => step.Outputs).Select(output => output.Path));

        _study.Run(Checked);
        Assert.Equal("t/check t/tell", _study.Of(Outcome.UpToDate));
    }

    [Fact]
    public void Absence_AfterAFile_MovesTheFormerFileAway()
    {
        _study.Write("in.txt", "error 1\n");
        _study.Run(Checked);
        Assert.Equal(("error 1\n", "1\n"), (_study.Read("errors.txt"), _study.Read("told.txt")));

        _study.Write("in.txt", "fine\n");
        _study.Run(Checked);
        Assert.False(_study.Exists("errors.txt"));
        Assert.Equal("none\n", _study.Read("told.txt"));
        Assert.Equal("input e is left out now", _study.ReasonOf("t/tell"));
        var notice = Assert.Single(_study.Notices);
        Assert.StartsWith("a file that 't/check' no longer makes ('errors.txt') was moved to '", notice, StringComparison.Ordinal);
        Assert.Equal("error 1\n", File.ReadAllText(Assert.Single(Directory.GetFiles(_study.PathOf(".scalems/kept"), "errors.txt", SearchOption.AllDirectories))));

        _study.Write("in.txt", "error 1\n");
        _study.Run(Checked);
        Assert.Equal("t/check t/tell", _study.Of(Outcome.Restored));
        Assert.Equal("error 1\n", _study.Read("errors.txt"));

        _study.Write("in.txt", "fine\n");
        _study.Run(Checked);
        Assert.Equal("t/check t/tell", _study.Of(Outcome.Restored));
        Assert.False(_study.Exists("errors.txt"));
    }

    [Fact]
    public void Absence_IsNoEmptyFile()
    {
        _study.Write("in.txt", "fine\n");
        _study.Run(Checked);
        _study.Write("in.txt", "touch\n");
        _study.Run(Checked);

        Assert.Equal("t/check t/tell", _study.Ran);
        Assert.Equal("0\n", _study.Read("told.txt"));
        Assert.Equal("input e is no longer left out", _study.ReasonOf("t/tell"));
    }

    [Fact]
    public void Absence_MadeAgain_SparesReaders()
    {
        _study.Write("in.txt", "fine\n");
        _study.Run(Checked);
        _study.Write("in.txt", "fine too\n");
        _study.Run(Checked);

        Assert.Equal("t/check", _study.Ran);
    }

    [Fact]
    public void Absence_WhereTheUserHasAFile_IsAFault()
    {
        _study.Write("in.txt", "fine\n");
        _study.Write("errors.txt", "mine\n");

        var fault = Assert.Single(Assert.Throws<Core.Faults.FaultException>(() => _study.Run(Checked)).Faults);
        Assert.Equal("SMS1013", fault.Code);
        Assert.Equal("mine\n", _study.Read("errors.txt"));
    }

    [Fact]
    public void Output_NotOptionalAndLeftOut_Fails()
    {
        Assert.Equal(1, _study.Run(steps => steps.Shell("a", "true").Output("x")).ExitCode);
        Assert.Equal("output 'x' was not written", _study.StepOf("t/a").Failure!.Message);
    }

    private static void Checked(StepBuilder steps)
    {
        var check = steps.Shell("check", "case $(cat in.txt) in touch) : > errors.txt;; *) grep error in.txt > found && mv found errors.txt || true;; esac")
            .Tool("cat").Tool("grep").Tool("mv").Input("in.txt", new SourceFile("in.txt")).Output("errors.txt", publish: "errors.txt", isOptional: true);
        steps.Shell("tell", "if test -e e; then grep -c '' e > told.txt || true; else echo none > told.txt; fi")
            .Tool("grep").Input("e", check.File("errors.txt")).Output("told.txt", publish: "told.txt");
    }
}
