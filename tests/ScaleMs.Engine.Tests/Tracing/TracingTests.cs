using ScaleMs.Core.Events;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Running;
using ScaleMs.Engine.Tests.Functions;
using ScaleMs.Engine.Tracing;
using Xunit;

namespace ScaleMs.Engine.Tests.Tracing;

/// <summary>Real commands under a real strace: what they use without declaring it is told, with the declaration to add.</summary>
public sealed class TracingTests : IDisposable
{
    private readonly TestStudy _study = new();
    private readonly string _home = Directory.CreateTempSubdirectory("scalems-home-").FullName;

    public TracingTests()
    {
        _study.Ports = ports => ports with { Environment = new Dictionary<string, string>(ports.Environment) { ["HOME"] = _home } };
        _study.Write("data/x.dat", "x\n");
        _study.Write("in.txt", "in\n");
    }

    public void Dispose()
    {
        _study.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    [Theory]
    [InlineData("cat $W/data/x.dat", "reads 'data/x.dat', which it does not declare: .Input(\"x.dat\", new SourceFile(\"data/x.dat\"))")]
    [InlineData("cat ../../../../data/x.dat", "reads 'data/x.dat', which it does not declare: .Input(\"x.dat\", new SourceFile(\"data/x.dat\"))")]
    [InlineData("ln -s $W/data/x.dat inside && cat inside", "reads 'data/x.dat', which it does not declare: .Input(\"x.dat\", new SourceFile(\"data/x.dat\"))")]
    [InlineData("cd $W/data && (cat x.dat)", "reads 'data/x.dat', which it does not declare: .Input(\"x.dat\", new SourceFile(\"data/x.dat\"))")]
    [InlineData("cat in.txt && cat $W/in.txt", "")]
    [InlineData("echo new > $W/data/y.dat", "writes 'data/y.dat' outside its directory: write it there and declare .Output(\"y.dat\", publish: \"data/y.dat\")")]
    [InlineData("echo > here && mv here $W/data/y.dat", "writes 'data/y.dat' outside its directory: write it there and declare .Output(\"y.dat\", publish: \"data/y.dat\")")]
    [InlineData("echo > $HOME/passing && cat $HOME/passing && rm $HOME/passing", "")]
    [InlineData("echo > $HOME/left", "writes '~/left' outside its directory: write it there and declare .Output(\"left\")")]
    [InlineData("test -e $HOME/.gmxrc || true", "looked for '~/.gmxrc', absent")]
    [InlineData("mkdir -p sub && cd sub && echo > ../f && cat ../f && ls .. && cat /etc/hostname > /dev/null", "")]
    public void Trace_OfACommand_TellsWhatItDoesNotDeclare(string script, string expected)
    {
        var report = Traced(script.Replace("$W", "$SCALEMS_W", StringComparison.Ordinal));
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(expected, Told());
    }

    [Fact]
    public void Trace_OfAStepThatDeclaresEverything_ChangesNothing()
    {
        Traced("cat in.txt");
        var key = _study.StepOf("t/use").Key;
        Assert.Single(_study.Events.OfType<RunEvent.Traced>());
        _study.Run(Define("cat in.txt"));
        Assert.Equal("t/use", _study.Of(Outcome.UpToDate));
        Assert.Equal(key, _study.StepOf("t/use").Key);
    }

    [Fact]
    public void Trace_Strictly_FailsTheStepAndRecordsNothing()
    {
        var report = Traced("cat $SCALEMS_W/data/x.dat", TraceMode.Strict);
        Assert.Equal(1, report.ExitCode);
        Assert.StartsWith("with --trace=strict it may not do this: it reads 'data/x.dat'", _study.StepOf("t/use").Failure!.Message, StringComparison.Ordinal);
        Assert.False(_study.Exists("results/out.txt"));
        Assert.Equal(0, Traced("cat in.txt; test -e $HOME/.rc || true", TraceMode.Strict).ExitCode);
    }

    [Fact]
    public void Trace_OfACommandThatFails_KeepsItsExitCodeAndTellsAll()
    {
        var report = Traced("cat $SCALEMS_W/data/x.dat; exit 7");
        Assert.Equal(1, report.ExitCode);
        Assert.Equal(7, _study.StepOf("t/use").Failure!.ExitCode);
        Assert.StartsWith("reads 'data/x.dat'", Told(), StringComparison.Ordinal);
    }

    [Fact]
    public void Trace_OfAFunction_TellsItsFilesAndNotTheRuntimes()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        using var calling = new CallingStudy();
        var file = Path.Combine(_home, "hidden.txt");
        File.WriteAllText(file, "hidden\n");
        calling.Study.Run(
            steps => steps.Step("call").Call(TracedFunctions.Copy, new TracedFile(file)).Output("out.txt"), request => request with { Trace = TraceMode.Report });
        var findings = calling.Study.Events.OfType<RunEvent.Traced>().Single().Findings;
        Assert.Equal($"reads '{file}', which it does not declare: .Input(\"hidden.txt\", new SourceFile(\"{file}\"))", string.Join('\n', findings.Where(finding => finding.IsUndeclared)));
    }

    [Fact]
    public void Trace_WithoutStrace_SaysWhatToInstall()
    {
        _study.Ports = ports => ports with { Environment = new Dictionary<string, string>(ports.Environment) { ["PATH"] = _home } };
        var fault = Assert.Throws<FaultException>(() => _study.Run(Define("cat in.txt"), request => request with { Trace = TraceMode.Report })).Faults.Single();
        Assert.Equal(("SMS2011", FaultKind.Usage), (fault.Code, fault.Kind));
        Assert.StartsWith("install strace", fault.Try, StringComparison.Ordinal);
    }

    private RunReport Traced(string script, TraceMode mode = TraceMode.Report)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        return _study.Run(Define(script), request => request with { Trace = mode });
    }

    private Action<StepBuilder> Define(string script) => steps => steps.Shell("use", $"({script}) > out.txt")
        .Environment("SCALEMS_W", _study.Root).Input("in.txt", new SourceFile("in.txt")).Output("out.txt", publish: "results/out.txt");

    private string Told() => string.Join('\n', _study.Events.OfType<RunEvent.Traced>().SelectMany(traced => traced.Findings));
}

/// <summary>Functions that look beyond what they are given.</summary>
public static class TracedFunctions
{
    public static void Copy(StepFiles files, TracedFile file) => files.WriteText("out.txt", File.ReadAllText(file.Path));
}

/// <summary>A file that no input names.</summary>
public sealed record TracedFile(string Path);
