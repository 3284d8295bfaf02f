using System.Text;
using System.Text.Json;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Tests.Faults;
using Xunit;

namespace ScaleMs.Engine.Tests.Secrets;

/// <summary>Steps with secrets on real files and processes.</summary>
public sealed class SecretStepTests : IDisposable
{
    private const string Value = "k9-Zq+7/vault?token";

    private readonly TestStudy _study = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin", ["API_TOKEN"] = Value };
    private readonly Secret _token = new("api-token", "1", new SecretSource.FromEnvironment("API_TOKEN"));

    public SecretStepTests() => _study.Ports = ports => ports with { Environment = _environment, Functions = new ChildFunctions() };

    public void Dispose() => _study.Dispose();

    private string Log => File.ReadAllText(Directory.GetFiles(_study.PathOf(".scalems/work"), "log", SearchOption.AllDirectories).Single());

    [Fact]
    public void Step_GivenASecretByVariable_ReadsItsValue()
    {
        _study.Run(steps => steps.Shell("use", "test \"$TOKEN\" = 'k9-Zq+7/vault?token' && echo yes > out").Secret("TOKEN", _token).Output("out", publish: "out"));
        Assert.Equal("yes\n", _study.Read("out"));
    }

    [Fact]
    public void Step_GivenASecretByFile_ReadsOneThatNobodyElseMayAndThatIsGoneAfterwards()
    {
        _study.Write("token.txt", Value + "\n");
        var secret = new Secret("api-token", "1", new SecretSource.FromFile("token.txt"));
        _study.Run(steps => steps.Shell("use", "test \"$(cat conf/token)\" = 'k9-Zq+7/vault?token' && stat -L -c %a conf/token > out && readlink conf/token >> out")
            .SecretFile("conf/token", secret).Output("out", publish: "out"));
        var lines = _study.Read("out").Split('\n');
        Assert.Equal("600", lines[0]);
        Assert.False(File.Exists(lines[1]));
        Assert.False(Directory.Exists(Path.GetDirectoryName(lines[1])));
        Assert.Empty(Directory.GetFiles(_study.PathOf(".scalems/secrets")));
        if (Directory.Exists("/dev/shm"))
        {
            Assert.StartsWith("/dev/shm/", lines[1], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("echo before $TOKEN after")]
    [InlineData("printf 'before k9-Zq'; sleep 0.1; echo '+7/vault?token after'")]
    [InlineData("echo before $(printf %s \"$TOKEN\" | base64) after")]
    [InlineData("echo 'before k9-Zq%2B7%2Fvault%3Ftoken after' >&2")]
    public void Log_OfAStepThatPrintsItsSecret_IsMasked(string script)
    {
        var lines = new List<string>();
        _study.Run(steps => steps.Shell("use", script + "; exit 3").Secret("TOKEN", _token).Output("out").ReportsProgress(() => new Heard(lines)));
        Assert.Matches(@"^before \*\*\*=* after\n$", Log);
        Assert.Matches(@"^before \*\*\*=* after$", Assert.Single(lines));
        Assert.Matches(@"^before \*\*\*=* after$", Assert.Single(_study.StepOf("t/use").Failure!.LogTail!));
    }

    [Fact]
    public void Log_OfSeveralCommandsAndMuchOutput_IsWhole()
    {
        _study.Run(steps => steps.Shell("use", "seq 1 60000").Run("sh", "-c", "echo $TOKEN; seq 60001 120000; exit 1").Secret("TOKEN", _token).Output("out"));
        Assert.Equal(string.Concat(Enumerable.Range(1, 120_000).Select(i => i == 60_001 ? $"***\n{i}\n" : $"{i}\n")), Log);
    }

    [Fact]
    public void Output_ThatHoldsTheSecret_FailsTheStepAndIsNeitherStoredNorPublished()
    {
        var report = _study.Run(steps => steps.Shell("use", "echo fine > good; echo \"token=$TOKEN\" > bad").Secret("TOKEN", _token).Output("good", publish: "good").Output("bad", publish: "bad"));
        var failure = _study.StepOf("t/use").Failure!;
        Assert.Equal(1, report.ExitCode);
        Assert.Equal(FailureClass.ToolError, failure.Class);
        Assert.Equal("output 'bad' holds the value of the secret 'api-token'; it was neither stored nor published", failure.Message);
        Assert.False(_study.Exists("good") || _study.Exists("bad"));
        AssertNowhere();
    }

    [Fact]
    public void Attempt_ThatFailed_KeepsItsOtherFiles()
    {
        _study.Run(steps => steps.Shell("use", "echo $TOKEN > leak; mkdir deep; echo x$TOKEN | base64 > deep/leak; echo harmless > kept; exit 1").Secret("TOKEN", _token).Output("out"));
        AssertNowhere();
        var left = Directory.GetFiles(_study.PathOf(".scalems/work"), "*", SearchOption.AllDirectories);
        Assert.Equal("kept", Path.GetFileName(Assert.Single(left, path => path.Contains("/files/", StringComparison.Ordinal))));
    }

    [Fact]
    public void Step_UpToDate_NeedsNoSecret()
    {
        void Define(StepBuilder steps) => steps.Shell("use", "echo done > out").Secret("TOKEN", _token).Output("out", publish: "out");
        _study.Run(Define);
        _environment.Remove("API_TOKEN");
        Assert.Equal(0, _study.Run(Define).ExitCode);
        Assert.Equal("t/use", _study.Of(Outcome.UpToDate));
    }

    [Fact]
    public void Step_OfANewVersionOfItsSecret_RunsAndSaysSo()
    {
        void Define(StepBuilder steps, string version) => steps.Shell("use", "echo done > out").Secret("TOKEN", new Secret("api-token", version, new SecretSource.FromEnvironment("API_TOKEN"))).Output("out", publish: "out");
        _study.Run(steps => Define(steps, "2025"));
        _environment["API_TOKEN"] = "another value";
        _study.Run(steps => Define(steps, "2025"));
        Assert.Equal("t/use", _study.Of(Outcome.UpToDate));
        _study.Run(steps => Define(steps, "2026"));
        Assert.Equal("version of the secret in TOKEN: 2025 → 2026", _study.ReasonOf("t/use"));
    }

    [Theory]
    [InlineData(null, null, "the environment variable API_TOKEN is not set")]
    [InlineData("", null, "the environment variable API_TOKEN is not set")]
    [InlineData(null, "no/such/file", "the file 'no/such/file' is not there")]
    [InlineData(null, "empty", "the file 'empty' is empty")]
    [InlineData(null, "folder", "the file 'folder' is no file")]
    public void Secret_MissingForAStepThatWouldExecute_IsToldBeforeAnythingDoes(string? value, string? file, string problem)
    {
        _study.Write("empty", string.Empty);
        _study.Write("folder/in", "it");
        Set("API_TOKEN", value);
        SecretSource source = file is null ? new SecretSource.FromEnvironment("API_TOKEN") : new SecretSource.FromFile(file);
        var secret = new Secret("api-token", "1", source);
        void Define(StepBuilder steps)
        {
            steps.Shell("first", "echo > out").Output("out", publish: "first");
            steps.Shell("use", "echo > out").Secret("TOKEN", secret).Output("out", publish: "out");
        }

        var fault = Assert.Single(Assert.Throws<FaultException>(() => _study.Run(Define)).Faults);
        Assert.Equal("SMS1042", fault.Code);
        Assert.Equal($"step 't/use' needs the secret 'api-token', but {problem}", fault.What);
        Assert.False(_study.Exists("first"));
    }

    [Fact]
    public void Secret_TooShortToBeMasked_FailsTheStep()
    {
        _environment["API_TOKEN"] = "1234567";
        _study.Run(steps => steps.Shell("use", "echo > out").Secret("TOKEN", _token).Output("out"));
        Assert.Equal("the secret 'api-token' is shorter than 8 bytes, so it could not be told from other text and masked", _study.StepOf("t/use").Failure!.Message);
    }

    [Fact]
    public void Secret_WrittenIntoTexts_IsAFaultForEachPlace()
    {
        _study.Write("in.txt", "@Token@");
        var faults = Assert.Throws<FaultException>(() => _study.Run(steps => steps.Shell("use", "true")
            .Run("sh", $"--token={_token}").Answering($"{_token}\n").Environment("T", _token.ToString()).Parameter("p", _token)
            .Template("conf", new SourceFile("in.txt"), new { Token = _token }).Output("out"))).Faults;
        Assert.All(faults, fault => Assert.Equal("SMS1041", fault.Code));
        Assert.Equal(
            ["a parameter", "a template's value", "a variable", "an argument", "the standard input"],
            faults.Select(fault => fault.What.Split(" of step")[0]));
        Assert.Equal("an argument of step 't/use' holds '(secret api-token)', which is not the value: a secret is never part of a text", faults[3].What);
    }

    [Fact]
    public void Secret_WrittenIntoWhatStartsACommand_IsAFault()
    {
        var fault = Assert.Single(Assert.Throws<FaultException>(() => _study.Run(steps => steps.Shell("use", "true > out").Tool("env").Through("env", $"TOKEN={_token}").Output("out"))).Faults);
        Assert.StartsWith("an argument of step 't/use' holds '(secret api-token)'", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_InContradictionToOtherDeclarations_IsAFault()
    {
        var faults = Assert.Throws<FaultException>(() => _study.Run(steps =>
        {
            steps.Shell("twice", "true").Environment("TOKEN", "x").Secret("TOKEN", _token).Output("out");
            steps.Shell("passed", "true").Pass("API_TOKEN").Secret("TOKEN", _token).Output("out");
            steps.Shell("named", "true").SecretFile("out", _token).Output("out");
            steps.Step("here").Call(SecretFunctions.Length, _token).Step.InProcess();
        })).Faults;
        Assert.Equal(["SMS1009", "SMS1043", "SMS1044", "SMS1045"], faults.Select(fault => fault.Code));
    }

    [Fact]
    public void Secret_AsText_NeverTellsItsValue()
    {
        Assert.Equal("(secret api-token)", _token.ToString());
        Assert.Equal("(secret api-token)", $"{_token}");
        Assert.Equal("\"(secret api-token)\"", JsonSerializer.Serialize(_token));
        Assert.Throws<InvalidOperationException>(_token.Reveal);
    }

    [Fact]
    public void Function_GivenASecret_RevealsItInItsOwnProcess()
    {
        _study.Run(steps => steps.Step("f").Call(SecretFunctions.Length, _token).Publish("length.json"));
        Assert.Equal($"{Value.Length}\n", _study.Read("length.json"));
        AssertNowhere();
    }

    [Fact]
    public void Function_ThatThrowsItsSecret_IsToldMasked()
    {
        _study.Run(steps => steps.Step("f").Call(SecretFunctions.Throw, _token, OutputFile.Named("out")));
        Assert.Equal("SecretFunctions.Throw threw InvalidOperationException: refused ***", _study.StepOf("t/f").Failure!.Message);
        AssertNowhere();
    }

    [Fact]
    public void Plan_OfAStepWhoseSecretIsMissing_SaysSoAndIsMade()
    {
        _environment.Remove("API_TOKEN");
        var report = _study.Run(steps => steps.Shell("use", "echo > out").Secret("TOKEN", _token).Output("out"), request => request with { PlanOnly = true });
        Assert.Equal(0, report.ExitCode);
        Assert.Contains(_study.Events.OfType<Core.Events.RunEvent.Noticed>(), notice => notice.Text == "step 't/use' needs the secret 'api-token', but the environment variable API_TOKEN is not set");
    }

    /// <summary>What a killed host left: the note, the value's file, and what the step had written.</summary>
    [Fact]
    public void Run_AfterAKilledOne_RemovesWhatItLeftOfSecrets()
    {
        var attempt = _study.PathOf(".scalems/work/abc-1-0-1");
        var values = Directory.CreateTempSubdirectory("scalems-abc-1-0-1-").FullName;
        _study.Write(".scalems/work/abc-1-0-1/files/leak", Value);
        _study.Write(".scalems/work/abc-1-0-1/outcome.txt", Value);
        _study.Write(".scalems/work/abc-1-0-1/log", "***");
        _study.Write(".scalems/work/abc-1-0-1/trace.0", $"1 execve(\"/bin/curl\", [\"curl\", \"{Value[..12]}\"...");
        File.WriteAllText(Path.Combine(values, "0"), Value);
        _study.Write(".scalems/secrets/abc-1-0-1", $"{attempt}\n{values}\n");
        _study.Run(steps => steps.Shell("other", "echo > out").Output("out"));
        Assert.False(Directory.Exists(values));
        Assert.Empty(Directory.GetFiles(_study.PathOf(".scalems/secrets")));
        Assert.Equal(["log"], Directory.GetFileSystemEntries(attempt).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("mkdir -p frames/$TOKEN; echo fine > frames/$TOKEN/a")]
    [InlineData("mkdir frames; echo fine > frames/a; echo fine > frames/x$TOKEN")]
    [InlineData("mkdir frames; echo fine > frames/x$TOKEN; ln -s x$TOKEN frames/a")]
    public void Directory_WithAFileNamedByTheSecret_FailsTheStepAndTellsItNowhere(string script)
    {
        _environment["API_TOKEN"] = "k9-Zq-plain-vault-token";
        _study.Run(steps => steps.Shell("use", script).Secret("TOKEN", _token).OutputTree("frames", publish: "frames"));
        Assert.Equal("the name of a file in output 'frames' holds the value of the secret 'api-token'; it was neither stored nor published", _study.StepOf("t/use").Failure!.Message);
        Assert.False(Directory.Exists(_study.PathOf("frames")));
        var patterns = Core.Secrets.SecretPatterns.Of([Encoding.UTF8.GetBytes("k9-Zq-plain-vault-token")]);
        Assert.DoesNotContain(new Store.Disk.PhysicalDisk().FilesBelow(_study.Root), file => new Store.Disk.PhysicalDisk().Holds(file, patterns) || patterns.AreIn(Encoding.UTF8.GetBytes(file)));
    }

    [Theory]
    [InlineData("mkfifo pipe")]
    [InlineData("echo $TOKEN > $(printf 'a\\377b')")]
    [InlineData("mkdir $(printf 'a\\377b'); echo $TOKEN > $(printf 'a\\377b/c')")]
    [InlineData("mkdir locked; echo $TOKEN > locked/file; chmod 0 locked")]
    public void Attempt_ThatLeavesOddFiles_EndsAndTheNextRunGoesOn(string script)
    {
        _study.Run(steps => steps.Shell("use", script + "; exit 1").Secret("TOKEN", _token).Output("out"));
        Assert.Equal(1, _study.Last!.ExitCode);
        Assert.Equal(0, _study.Run(steps => steps.Shell("use", "echo > out").Secret("TOKEN", _token).Output("out")).ExitCode);
        Assert.False(Shop.Found(_study.Root, Value));
    }

    [Fact]
    public void Trace_OfAStepThatNamesAFileByItsSecret_IsMasked()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        _environment["API_TOKEN"] = "k9-Zq-plain-vault-token";
        _study.Run(
            steps => steps.Shell("use", "test -e $HERE/$TOKEN || echo > out").Environment("HERE", _study.Root).Secret("TOKEN", _token).Output("out"),
            request => request with { Trace = Engine.Tracing.TraceMode.Report });
        var traced = Assert.Single(_study.Events.OfType<Core.Events.RunEvent.Traced>());
        Assert.Contains(traced.Findings, finding => finding.Path.EndsWith("***", StringComparison.Ordinal));
        Assert.DoesNotContain(traced.Findings, finding => finding.ToString().Contains("vault", StringComparison.Ordinal));
    }

    /// <summary>A note that somebody made up leads to nothing of the user's.</summary>
    [Fact]
    public void Run_WithANoteOfForeignPlaces_RemovesNothingThere()
    {
        _study.Write("mine/files/a", "text");
        _study.Write(".scalems/secrets/odd", $"{_study.PathOf("mine")}\n{_study.PathOf("mine/files")}\n");
        _study.Run(steps => steps.Shell("other", "echo > out").Output("out"));
        Assert.True(_study.Exists("mine/files/a"));
    }

    private void Set(string name, string? value)
    {
        _environment.Remove(name);
        if (value is not null)
        {
            _environment[name] = value;
        }
    }

    private void AssertNowhere()
    {
        var patterns = Core.Secrets.SecretPatterns.Of([Encoding.UTF8.GetBytes(Value)]);
        var disk = new Store.Disk.PhysicalDisk();
        Assert.DoesNotContain(disk.FilesBelow(_study.Root), file => disk.Holds(file, patterns));
    }

    private sealed class Heard(List<string> lines) : IProgressReader
    {
        public Progress? Read(string line, TimeSpan elapsed)
        {
            lines.Add(line);
            return null;
        }
    }
}
