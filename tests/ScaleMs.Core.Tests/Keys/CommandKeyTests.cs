using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Keys;

public sealed class CommandKeyTests
{
    private static readonly ClosedAction Sample = SampleAction.OfCommands;

    [Fact]
    public void Key_ProgramChanges_Differs() =>
        KeyAssert.Differs(Sample, Sample.WithCommand(0, command => command with { Program = "gmx_d" }), "command[0]");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Key_OneArgumentChanges_Differs(int index)
    {
        var changed = Sample.WithCommand(
            0, command => command with { Arguments = [.. command.Arguments.Select((old, i) => i == index ? old + "x" : old)] });
        KeyAssert.Differs(Sample, changed, $"command[0]/argument[{index}]");
    }

    [Fact]
    public void Key_ArgumentAdded_Differs() =>
        KeyAssert.Differs(
            Sample, Sample.WithCommand(0, command => command with { Arguments = [.. command.Arguments, "-v"] }), "command[0]/argument[3]");

    [Fact]
    public void Key_EmptyArgumentAdded_Differs() =>
        KeyAssert.Differs(
            Sample, Sample.WithCommand(0, command => command with { Arguments = [.. command.Arguments, ""] }), "command[0]/argument[3]");

    [Fact]
    public void Key_ArgumentsSwapped_Differs() =>
        KeyAssert.Differs(Sample, Sample.WithCommand(0, command => command with { Arguments = [.. command.Arguments.Reverse()] }));

    [Fact]
    public void Key_ArgumentsSplitElsewhere_Differs() =>
        KeyAssert.Differs(Sample.WithCommands(new Command("gmx", ["ab", "c"])), Sample.WithCommands(new Command("gmx", ["a", "bc"])));

    [Fact]
    public void Key_ArgumentsJoined_Differs() =>
        KeyAssert.Differs(Sample.WithCommands(new Command("gmx", ["a", "b"])), Sample.WithCommands(new Command("gmx", ["a b"])));

    [Fact]
    public void Key_ArgumentMovesToNextCommand_Differs() => KeyAssert.Differs(
        Sample.WithCommands(new Command("gmx", ["a", "b"]), new Command("gmx", [])),
        Sample.WithCommands(new Command("gmx", ["a"]), new Command("gmx", ["b"])));

    [Theory]
    [InlineData(null, "")]
    [InlineData(null, "0\n")]
    [InlineData("", "0\n")]
    [InlineData("0\n", "1\n")]
    [InlineData("0\n", "0\r\n")]
    public void Key_StandardInputChanges_Differs(string? before, string? after) => KeyAssert.Differs(
        Sample.WithCommand(0, command => command with { StandardInput = before }),
        Sample.WithCommand(0, command => command with { StandardInput = after }),
        "command[0]/stdin");

    [Theory]
    [InlineData(null)]
    [InlineData("other.out")]
    public void Key_StandardOutputRedirectChanges_Differs(string? path)
    {
        ArtifactPath? redirect = path is null ? null : ArtifactPath.Parse(path);
        KeyAssert.Differs(Sample, Sample.WithCommand(1, command => command with { StandardOutput = redirect }), "command[1]/stdout");
    }

    [Theory]
    [InlineData(null, "run.err")]
    [InlineData("run.err", "other.err")]
    public void Key_StandardErrorRedirectChanges_Differs(string? before, string after) => KeyAssert.Differs(
        Sample.WithCommand(1, command => command with { StandardError = before is null ? null : ArtifactPath.Parse(before) }),
        Sample.WithCommand(1, command => command with { StandardError = ArtifactPath.Parse(after) }),
        "command[1]/stderr");

    [Theory]
    [InlineData(null, "start.gro")]
    [InlineData("start.gro", "topol.top")]
    public void Key_StandardInputFileChanges_Differs(string? before, string after) => KeyAssert.Differs(
        Sample.WithCommand(1, command => command with { StandardInputFile = before is null ? null : ArtifactPath.Parse(before) }),
        Sample.WithCommand(1, command => command with { StandardInputFile = ArtifactPath.Parse(after) }),
        "command[1]/stdin-file");

    [Theory]
    [InlineData(null, "mpirun -np 2")]
    [InlineData("mpirun -np 2", "mpirun -np 4")]
    [InlineData("mpirun -np 2", "srun -np 2")]
    public void Key_WhatStartsTheCommandChanges_Differs(string? before, string after) => KeyAssert.Differs(
        Sample.WithCommand(1, command => command with { Through = before is null ? null : StarterOf(before) }),
        Sample.WithCommand(1, command => command with { Through = StarterOf(after) }),
        "command[1]/through");

    [Fact]
    public void Key_ArgumentsOfWhatStartsTheCommandSplitOtherwise_Differs() => KeyAssert.Differs(
        Sample.WithCommand(1, command => command with { Through = new Starter("env", ["A=1", "B=2"]) }),
        Sample.WithCommand(1, command => command with { Through = new Starter("env", ["A=1 B=2"]) }),
        "command[1]/through");

    private static Starter StarterOf(string line) => new(line.Split(' ')[0], line.Split(' ')[1..]);

    [Fact]
    public void Key_CommandsSwapped_Differs() =>
        KeyAssert.Differs(Sample, Sample.WithCommands([.. SampleAction.Commands(Sample).Reverse()]));

    [Fact]
    public void Key_CommandAdded_Differs() =>
        KeyAssert.Differs(Sample, Sample.WithCommands([.. SampleAction.Commands(Sample), new Command("gmx", [])]));

    [Fact]
    public void Key_CommandsBecomeFunction_Differs() => KeyAssert.Differs(Sample, SampleAction.OfFunction);
}
