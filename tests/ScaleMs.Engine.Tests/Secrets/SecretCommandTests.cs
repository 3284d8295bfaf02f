using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Running;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Engine.Tests.Secrets;

/// <summary>Secrets that commands tell, on real processes.</summary>
public sealed class SecretCommandTests : IDisposable
{
    private const string Value = "k9-Zq+7/vault?token";

    private readonly TestStudy _study = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin", ["WHO"] = "me" };

    public SecretCommandTests() => _study.Ports = ports => ports with { Environment = _environment, Functions = new ChildFunctions(), SecretCommands = new LocalSecretCommands() };

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Step_GivenASecretByCommand_ReadsWhatItWroteWithoutOneLineEnd()
    {
        Run($"printf '{Value}\\n\\n'", "printf %s \"$TOKEN\" | wc -c > out; test \"$TOKEN\" = 'k9-Zq+7/vault?token\n'");
        Assert.Equal($"{Value.Length + 1}", _study.Read("out").Trim());
    }

    [Fact]
    public void Command_RunsInTheWorkspaceWithTheCallersEnvironmentAndNothingToRead()
    {
        Run("cat; pwd > where; echo \"$WHO\" >> where; echo long-enough-a-token", "echo done > out");
        Assert.Equal($"{_study.Root}\nme\n", _study.Read("where"));
    }

    [Fact]
    public void Command_OfSeveralStepsAndAttempts_RunsOnceInARun()
    {
        var secret = Told($"echo x >> asked; sleep 0.2; echo {Value}");
        _study.Run(steps =>
        {
            for (var i = 0; i < 3; i++)
            {
                steps.Shell($"use{i}", $"echo {i} > out").Secret("TOKEN", secret).Output("out");
            }

            steps.Shell("again", "[ -e $HERE/again ] || { touch $HERE/again; exit 42; }; echo done > out").Environment("HERE", _study.Root).RetriesOnExit(42, 2, "10ms").Secret("TOKEN", secret).Output("out");
        });
        Assert.Equal("x\n", _study.Read("asked"));
        Assert.Equal("t/again t/use0 t/use1 t/use2", _study.Ran);
    }

    [Fact]
    public void Plan_AndNullRun_RunNoCommand()
    {
        void Define(StepBuilder steps) => steps.Shell("use", "echo done > out").Secret("TOKEN", Told($"echo x >> asked; echo {Value}")).Output("out", publish: "out");
        Assert.Equal(0, _study.Run(Define, request => request with { PlanOnly = true }).ExitCode);
        Assert.Equal(0, _study.Run(Define, request => request with { Explain = ["t/use"] }).ExitCode);
        Assert.False(_study.Exists("asked"));
        _study.Run(Define);
        _study.Run(Define);
        Assert.Equal("x\n", _study.Read("asked"));
    }

    [Theory]
    [InlineData("echo k9-Zq+7/vault?token; exit 3", "ended with exit code 3")]
    [InlineData("exit 0", "wrote nothing")]
    [InlineData("yes k9-Zq+7/vault?token", "wrote more than 64 KiB")]
    [InlineData("echo k9-Zq+7/vault?token; kill -9 $$", "ended with exit code 137")]
    public void Command_ThatFails_FailsTheStepAndTellsNothingThatItWrote(string script, string problem)
    {
        Run(script, "echo done > out");
        var failure = _study.StepOf("t/use").Failure!;
        Assert.Equal($"the secret 'api-token' is missing: {new SecretSource.FromCommand(["sh", "-c", script])} {problem}", failure.Message);
        Assert.Single(_study.StepOf("t/use").Attempts);
        Assert.DoesNotContain(Files(), text => text.Contains("k9-Zq", StringComparison.Ordinal) && !text.Contains(script, StringComparison.Ordinal));
    }

    [Fact]
    public void Command_ThatTellsTooLittle_IsRefused()
    {
        Run("echo short", "echo done > out");
        Assert.StartsWith("the secret 'api-token' is shorter than 8 bytes", _study.StepOf("t/use").Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Command_WhoseProgramIsNotThere_IsAFaultBeforeAnythingRuns()
    {
        var secret = new Secret("api-token", "1", new SecretSource.FromCommand(["no-such-manager", "show"]));
        var fault = Assert.Single(Assert.Throws<FaultException>(() => _study.Run(steps => steps.Shell("use", "echo > out").Secret("TOKEN", secret).Output("out"))).Faults);
        Assert.Equal(("SMS1042", "step 't/use' needs the secret 'api-token', but the program of the command 'no-such-manager show' is not there"), (fault.Code, fault.What));
        Assert.Equal("install 'no-such-manager', or give its path; it is not run before a step needs the secret", fault.Try);
    }

    [Fact]
    public async Task Command_ThatDoesNotEnd_IsEndedWithTheRun()
    {
        using var cancellation = new CancellationTokenSource();
        var command = new SecretRequest("/bin/sh", ["-c", "sleep 600 & wait"], _study.Root, _environment);
        var running = Task.Run(() => new LocalSecretCommands().Run(command, cancellation.Token));
        await cancellation.CancelAsync();
        Assert.Equal("was ended with the run", (await running).Problem);
    }

    [Fact]
    public void Values_OfWhatACommandTold_AreNowhere()
    {
        Run($"printf %s k9-Zq; echo '+7/vault?token'", "echo $TOKEN; echo done > out");
        Assert.Equal("done\n", _study.Read("out"));
        Assert.DoesNotContain(Files(), text => text.Contains(Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Secret_DeclaredWrongly_IsRefused()
    {
        var secrets = new DeclaredSecrets();
        Assert.Throws<ArgumentException>(() => secrets.Add("a", "1", "A", null, ["pass"]));
        Assert.Throws<ArgumentException>(() => secrets.Add("a", "1", null, null, []));
        Assert.Throws<ArgumentException>(() => secrets.Add("a", "1", null, null, ["pass", $"{secrets.Add("b", "1", "B", null)}"]));
        Assert.Same(secrets.Add("c", "1", null, null, ["pass", "c"]), secrets.Add("c", "1", null, null, ["pass", "c"]));
        Assert.Throws<ArgumentException>(() => secrets.Add("c", "1", null, null, ["pass", "d"]));
    }

    private IEnumerable<string> Files() => Directory.GetFiles(_study.Root, "*", SearchOption.AllDirectories).Select(File.ReadAllText);

    private static Secret Told(string script) => new("api-token", "1", new SecretSource.FromCommand(["sh", "-c", script]));

    private RunReport Run(string told, string script) =>
        _study.Run(steps => steps.Shell("use", script).Secret("TOKEN", Told(told)).Output("out", publish: "out"));
}
