using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Keys;

/// <summary>Success rule, tools and site in the key.</summary>
public sealed class RuleKeyTests
{
    private static readonly ClosedAction Sample = SampleAction.OfCommands;

    [Fact]
    public void Key_AllowedExitCodeAdded_Differs() =>
        KeyAssert.Differs(Sample, Sample.WithSuccess(rule => rule with { AllowedExitCodes = [0, 3, 4] }), "success/exit");

    [Fact]
    public void Key_ExitCodesThatReadAlikeWhenJoined_Differ() => KeyAssert.Differs(
        Sample.WithSuccess(rule => rule with { AllowedExitCodes = [1, 2] }),
        Sample.WithSuccess(rule => rule with { AllowedExitCodes = [12] }),
        "success/exit");

    [Fact]
    public void Key_ConditionKindChanges_Differs() =>
        KeyAssert.Differs(Sample, WithCondition(1, condition => condition with { Kind = SuccessKind.TextMatches }), "success[1]");

    [Fact]
    public void Key_ConditionPathChanges_Differs() =>
        KeyAssert.Differs(
            Sample, WithCondition(0, condition => condition with { Path = SampleAction.Path("run.xtc") }), "success[0]/path");

    [Fact]
    public void Key_ConditionMovesFromLogToFile_Differs() =>
        KeyAssert.Differs(
            Sample, WithCondition(1, condition => condition with { Path = SampleAction.Path("run.log") }), "success[1]/path");

    [Fact]
    public void Key_ConditionPatternChanges_Differs() =>
        KeyAssert.Differs(Sample, WithCondition(1, condition => condition with { Pattern = "LINCS" }), "success[1]/pattern");

    [Fact]
    public void Key_ConditionRemoved_Differs() =>
        KeyAssert.Differs(Sample, Sample.WithSuccess(rule => rule with { Conditions = [rule.Conditions[0]] }));

    [Fact]
    public void Key_MessageOfConditionChanges_Stays() =>
        KeyAssert.Stays(Sample, WithCondition(0, condition => condition with { Otherwise = "mdrun stopped early" }));

    [Fact]
    public void Key_ToolVersionChanges_Differs() =>
        KeyAssert.Differs(
            Sample,
            Sample.WithToolLines(SampleAction.Pair("GROMACS version", "2025.1"), SampleAction.Pair("Precision", "mixed")),
            "tool/gmx/GROMACS version");

    [Fact]
    public void Key_SecondLineOfToolChanges_Differs() =>
        KeyAssert.Differs(
            Sample,
            Sample.WithToolLines(SampleAction.Pair("GROMACS version", "2024.4"), SampleAction.Pair("Precision", "double")),
            "tool/gmx/Precision");

    [Fact]
    public void Key_LineOfToolGone_Differs() =>
        KeyAssert.Differs(Sample, Sample.WithToolLines(SampleAction.Pair("GROMACS version", "2024.4")), "tool/gmx/Precision");

    [Fact]
    public void Key_ToolNameChanges_Differs() => KeyAssert.Differs(Sample, WithTool(tool => tool with { Name = "gmx_mpi" }));

    [Fact]
    public void Key_WhereToolIsLookedForChanges_Stays() =>
        KeyAssert.Stays(Sample, WithTool(tool => tool with { Candidates = ["/opt/gromacs/bin/gmx"] }));

    [Fact]
    public void Key_HowToolIsAskedChangesWithSameAnswer_Stays() =>
        KeyAssert.Stays(Sample, WithTool(tool => tool with { Version = new ToolVersion.OfLines(["-version"], ["GROMACS version:"]) }));

    [Fact]
    public void Key_WhichLinesCountChangesWithSameAnswer_Stays() =>
        KeyAssert.Stays(Sample, WithTool(tool => tool with { Version = new ToolVersion.OfLines(["--version"], ["GROMACS version"]) }));

    [Fact]
    public void Key_WhatElseTheAnswerDependsOnChangesWithSameAnswer_Stays() =>
        KeyAssert.Stays(Sample, WithTool(tool => tool with { Version = new ToolVersion.OfLines(["--version"], ["GROMACS version:"]) { Beside = ["share"] } }));

    [Fact]
    public void Key_WhichLinesMayCountChangesWithSameAnswer_Stays() =>
        KeyAssert.Stays(Sample, WithTool(tool => tool with { Version = new ToolVersion.OfLines(["--version"], ["GROMACS version:"]) { OptionalPrefixes = ["GPU"] } }));

    [Theory]
    [InlineData(0, "site/OperatingSystem")]
    [InlineData(1, "site/ProcessorModel")]
    public void Key_SiteFactChanges_Differs(int index, string component) =>
        KeyAssert.Differs(
            Sample, Sample with { SiteFacts = [.. Sample.SiteFacts.Select((old, i) => i == index ? old + "x" : old)] }, component);

    [Fact]
    public void Key_SiteFactUndeclared_Differs() => KeyAssert.Differs(
        Sample,
        (Sample with { SiteFacts = ["linux"] }).With(step => step with { SiteFacts = [SiteFact.OperatingSystem] }),
        "site/ProcessorModel");

    private static ClosedAction WithCondition(int index, Func<SuccessCondition, SuccessCondition> edit) =>
        Sample.WithSuccess(rule => rule with { Conditions = [.. rule.Conditions.Select((old, i) => i == index ? edit(old) : old)] });

    private static ClosedAction WithTool(Func<Tool, Tool> edit) => Sample.With(step => step with { Tools = step.Tools.WithFirst(edit) });
}
