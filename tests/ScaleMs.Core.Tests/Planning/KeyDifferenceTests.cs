using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;
using ScaleMs.Core.Tests.Keys;
using Xunit;

namespace ScaleMs.Core.Tests.Planning;

/// <summary>How a changed key is told: real actions, edited.</summary>
public sealed class KeyDifferenceTests
{
    private static readonly ClosedAction Commands = SampleAction.OfCommands;
    private static readonly ClosedAction Function = SampleAction.OfFunction;
    private static readonly string Changed = Digest.OfText("changed").ToString();

    private static InputIdentity Absent => OutputRecord.Absent(SampleAction.Path("x"), Keep.Always) is var record ? new InputIdentity(record.Identity, record.RuleName, record.RuleVersion) : default;

    [Fact]
    public void Difference_OfValues_IsToldInWords() => Snapshot.Matches(string.Join(
        '\n',
        Told("parameter value", Commands.WithParameter("forcefield", "charmm27")),
        Told("parameter new", Commands.With(step => step with { Parameters = [.. step.Parameters, Pair("ions", "NaCl")] })),
        Told("parameter gone", Commands.With(step => step with { Parameters = [step.Parameters[0]] })),
        Told("template value", WithText("nsteps = 600\nref_t = 300\n").WithTemplateValue("600")),
        Told("template text only", WithText("; a comment\nnsteps = 500\nref_t = 300\n")),
        Told("template new", Commands with { Templates = [] }, Commands),
        Told("template gone", Commands with { Templates = [] }),
        Told("tool version", Commands.WithToolLines(Pair("GROMACS version", "2025.1"), Pair("Precision", "mixed"))),
        Told("tool new", Commands with { Tools = [] }, Commands),
        Told("site", Commands with { SiteFacts = ["linux", "Processor 6000"] }),
        Told("environment", Commands.WithEnvironment(("GMX_MAXBACKUP", "-1"), ("OMP_NUM_THREADS", "4")))));

    [Fact]
    public void Difference_OfOperations_IsToldInWords() => Snapshot.Matches(string.Join(
        '\n',
        Told("program", Commands.WithCommand(0, command => command with { Program = "gmx_mpi" })),
        Told("argument of command", Commands.WithCommand(1, command => command with { Arguments = ["mdrun", "-ntomp", "4"] })),
        Told("argument with lines", Commands.WithCommand(1, command => command with { Arguments = ["mdrun", "-ntomp", "4\n5"] })),
        Told("command new", Commands.WithCommands([.. SampleAction.Commands(Commands), new Command("gmx", ["check", "-f", "run.gro"])])),
        Told("command gone", Commands.WithCommands(SampleAction.Commands(Commands)[0])),
        Told("streams", Commands.WithCommand(1, command => command with { StandardOutput = SampleAction.Path("other.out"), StandardError = SampleAction.Path("err"), StandardInputFile = SampleAction.Path("start.gro") })),
        Told("starter", Commands.WithCommand(1, command => command with { Through = new Starter("mpirun", ["-np", "2"]) })),
        ToldOfCall("callee", call => call with { CodeDigest = "c0df", Code = call.Code.WithFirst(pair => Pair(pair.Key, Changed)) }),
        ToldOfCall("callee new", call => call with { CodeDigest = "c0df", Code = [.. call.Code, Pair("Simulate.Units.Parse", "33")] }),
        ToldOfCall("code alone", call => call with { CodeDigest = Changed }),
        ToldOfCall("argument of function", call => call with { Arguments = call.Arguments.WithFirst(pair => Pair(pair.Key, "5")) }),
        Told("commands to function", Commands, Function)));

    [Fact]
    public void Difference_OfFilesAndRules_IsToldInWords() => Snapshot.Matches(string.Join(
        '\n',
        Told("input", Commands.WithIdentity(identity => identity with { Digest = Digest.Parse(Changed) })),
        Told("input's identity", Commands.WithIdentity(identity => identity with { RuleVersion = 2 })),
        Told("input new", WithInputAdded("posre.itp")),
        Told("input gone", Commands with { Inputs = [Commands.Inputs[0]] }),
        Told("output's identity", Commands.WithOutput(output => output with { Identity = new OutputIdentity.OfAction() })),
        Told("input left out", Commands.WithIdentity(_ => Absent)),
        Told("input no longer left out", Commands.WithIdentity(_ => Absent), Commands),
        Told("output optional", Commands.WithOutput(output => output with { IsOptional = true })),
        Told("pattern of output", Commands.WithOutput(output => output with { Files = Files("*.gro") }), Commands.WithOutput(output => output with { Files = Files("*.xtc") })),
        Told("exit codes", Commands.WithSuccess(rule => rule with { AllowedExitCodes = [0] })),
        Told("condition", Commands.WithSuccess(rule => rule with { Conditions = rule.Conditions.WithFirst(OnTrajectory) }))));

    [Fact]
    public void Difference_InManyPlaces_TellsValuesBeforeCommandsBeforeInputs()
    {
        var changed = (Commands with { SiteFacts = ["linux", "Processor 6000"] })
            .WithIdentity(identity => identity with { Digest = Digest.Parse(Changed) })
            .WithCommand(0, command => command with { Program = "gmx_mpi" })
            .With(step => step with { Parameters = [Pair("forcefield", "charmm27"), Pair("water", "spce")] });
        string[] expected =
        [
            "forcefield: amber99sb-ildn → charmm27", "water: tip3p → spce", "ProcessorModel: Processor 5000 → Processor 6000",
            "command[0]: gmx → gmx_mpi", "input start.gro changed",
        ];
        Assert.Equal(expected, KeyDifference.Between(Components(Commands), Components(changed)));
    }

    [Fact]
    public void Reason_OfManyDifferences_ListsThreeAndCountsTheRest()
    {
        KeyComponent[] before = [.. "abcde".Select(name => new KeyComponent($"parameter/{name}", "1"))];
        KeyComponent[] now = [.. "abcde".Select(name => new KeyComponent($"parameter/{name}", "2"))];
        Assert.Equal("a: 1 → 2; b: 1 → 2; c: 1 → 2; and 2 more", JudgedReason(before, now));
        Assert.Equal("a: 1 → 2; b: 1 → 2; c: 1 → 2", JudgedReason(before[..3], now[..3]));
    }

    [Fact]
    public void Difference_OfEncodingVersion_IsTold() => Assert.Equal(
        ["the key's encoding scalems.action/1 → scalems.action/2"],
        KeyDifference.Between([new KeyComponent("encoding", "scalems.action/1")], [new KeyComponent("encoding", "scalems.action/2")]));

    [Fact]
    public void Difference_OfEqualKeys_IsEmpty() => Assert.Empty(KeyDifference.Between(Components(Commands), Components(Commands)));

    private static string JudgedReason(KeyComponent[] before, KeyComponent[] now)
    {
        var id = new StepId("a", "a");
        var old = new ActionKey(Digest.OfText("before"));
        return Judge.Of(new Evidence
        {
            Key = new ActionKey(Digest.OfText("now")),
            Components = _ => now,
            State = new StepStateRecord(id, old, "r1", default),
            Last = new ActionResult { Key = old, Step = id, Outputs = [], Components = before, RunId = "r1", FinishedAt = default },
        }).Reason.Text;
    }

    private static ClosedAction WithText(string text) => Commands with { Templates = [new RenderedTemplate(text)] };

    private static ClosedAction WithInputAdded(string name) =>
        (Commands with { Inputs = [.. Commands.Inputs, SampleAction.Bytes(name)] })
        .With(step => step with { Inputs = [.. step.Inputs, SampleAction.Input(name)] });

    private static SuccessCondition OnTrajectory(SuccessCondition condition) => condition with { Path = SampleAction.Path("run.xtc") };

    private static string ToldOfCall(string what, Func<Operation.Function, Operation.Function> edit) =>
        Told(what, Function, Function.WithFunction(edit));

    private static string Told(string what, ClosedAction after) => Told(what, Commands, after);

    private static string Told(string what, ClosedAction before, ClosedAction after) =>
        $"{what,-22} {string.Join("; ", KeyDifference.Between(Components(before), Components(after)))}";

    private static IReadOnlyList<KeyComponent> Components(ClosedAction action) => KeyEncoder.Encode(action).Components;

    private static KeyValuePair<string, string> Pair(string key, string value) => new(key, value);

    private static FilePattern? Files(string pattern) => FilePattern.TryParse(pattern, out var files, out _) ? files : null;
}
