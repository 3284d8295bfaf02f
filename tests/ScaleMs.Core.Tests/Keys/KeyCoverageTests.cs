using System.Reflection;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Keys;

/// <summary>Every property of every type that a closed action is made of has a test that says whether it enters the key.</summary>
public sealed class KeyCoverageTests
{
    private static readonly Dictionary<string, string> Tests = new(StringComparer.Ordinal)
    {
        ["StepId.Task"] = nameof(NotInKeyTests.Key_TaskRenamed_Stays),
        ["StepId.Step"] = nameof(NotInKeyTests.Key_StepRenamed_Stays),
        ["StepId.Member"] = nameof(NotInKeyTests.Key_MemberRenamed_Stays),
        ["Commands.List"] = nameof(CommandKeyTests.Key_CommandAdded_Differs),
        ["Command.Program"] = nameof(CommandKeyTests.Key_ProgramChanges_Differs),
        ["Command.Arguments"] = nameof(CommandKeyTests.Key_OneArgumentChanges_Differs),
        ["Command.StandardInput"] = nameof(CommandKeyTests.Key_StandardInputChanges_Differs),
        ["Command.StandardOutput"] = nameof(CommandKeyTests.Key_StandardOutputRedirectChanges_Differs),
        ["Command.StandardInputFile"] = nameof(CommandKeyTests.Key_StandardInputFileChanges_Differs),
        ["Command.StandardError"] = nameof(CommandKeyTests.Key_StandardErrorRedirectChanges_Differs),
        ["Command.Through"] = nameof(CommandKeyTests.Key_WhatStartsTheCommandChanges_Differs),
        ["Function.Name"] = nameof(FunctionKeyTests.Key_NameForPeopleChanges_Stays),
        ["Function.Signature"] = nameof(FunctionKeyTests.Key_SignatureChanges_Differs),
        ["Function.CodeDigest"] = nameof(FunctionKeyTests.Key_CodeChanges_Differs),
        ["Function.Code"] = nameof(FunctionKeyTests.Key_CalleeCodeChanges_Differs),
        ["Function.Arguments"] = nameof(FunctionKeyTests.Key_ArgumentValueChanges_Differs),
        ["Function.Place"] = nameof(FunctionKeyTests.Key_CalledInAnotherProcess_Stays),
        ["Function.Builds"] = nameof(FunctionKeyTests.Key_AssembliesBuiltAnewWithTheSameCode_Stays),
        ["Input.Name"] = nameof(DeclarationKeyTests.Key_InputNameChanges_Differs),
        ["Input.Source"] = nameof(NotInKeyTests.Key_InputSourceMoved_Stays),
        ["Input.Identity"] = nameof(NotInKeyTests.Key_InputComparedInAnotherWayWithSameIdentity_Stays),
        ["Input.AsBytes"] = nameof(NotInKeyTests.Key_InputTakenAsBytesWithSameIdentity_Stays),
        ["Input.IsWritable"] = nameof(DeclarationKeyTests.Key_InputBecomesWritable_Differs),
        ["SourceFile.Path"] = nameof(NotInKeyTests.Key_InputSourceMoved_Stays),
        ["StepOutput.Step"] = nameof(NotInKeyTests.Key_InputComesFromStepWithSameContent_Stays),
        ["StepOutput.Output"] = nameof(NotInKeyTests.Key_InputComesFromStepWithSameContent_Stays),
        ["Template.Name"] = nameof(DeclarationKeyTests.Key_TemplateNameChanges_Differs),
        ["Template.Source"] = nameof(NotInKeyTests.Key_TemplateSourceMoved_Stays),
        ["Template.Values"] = nameof(DeclarationKeyTests.Key_TemplateValueChanges_Differs),
        ["Template.Form"] = nameof(NotInKeyTests.Key_TemplateFieldsToldInAnotherWay_Stays),
        ["Output.Path"] = nameof(DeclarationKeyTests.Key_OutputPathChanges_Differs),
        ["Output.Identity"] = nameof(DeclarationKeyTests.Key_OutputIdentityNameChanges_Differs),
        ["Output.PublishTo"] = nameof(NotInKeyTests.Key_PublishedElsewhere_Stays),
        ["Output.Keep"] = nameof(NotInKeyTests.Key_BytesKeptForAnotherTime_Stays),
        ["Output.Store"] = nameof(NotInKeyTests.Key_BytesKeptElsewhere_Stays),
        ["Output.IsOptional"] = nameof(DeclarationKeyTests.Key_OutputBecomesOptional_Differs),
        ["Output.Files"] = nameof(DeclarationKeyTests.Key_FilesOfADirectoryChange_Differs),
        ["OutputIdentity.Name"] = nameof(DeclarationKeyTests.Key_OutputIdentityNameChanges_Differs),
        ["OutputIdentity.Version"] = nameof(DeclarationKeyTests.Key_OutputIdentityVersionChanges_Differs),
        ["Resources.Cpus"] = nameof(NotInKeyTests.Key_ResourcesChange_Stays),
        ["Resources.MemoryBytes"] = nameof(NotInKeyTests.Key_ResourcesChange_Stays),
        ["Resources.Gpus"] = nameof(NotInKeyTests.Key_ResourcesChange_Stays),
        ["Resources.TimeLimit"] = nameof(NotInKeyTests.Key_ResourcesChange_Stays),
        ["Resources.Tokens"] = nameof(NotInKeyTests.Key_ResourcesChange_Stays),
        ["RetryRules.Credits"] = nameof(NotInKeyTests.Key_TriedAgainInAnotherWay_Stays),
        ["RetryRules.Delay"] = nameof(NotInKeyTests.Key_TriedAgainInAnotherWay_Stays),
        ["RetryRules.LaterExits"] = nameof(NotInKeyTests.Key_TriedAgainInAnotherWay_Stays),
        ["RetryRules.LaterTries"] = nameof(NotInKeyTests.Key_TriedAgainInAnotherWay_Stays),
        ["RetryRules.LaterDelay"] = nameof(NotInKeyTests.Key_TriedAgainInAnotherWay_Stays),
        ["RetryRules.Time"] = nameof(NotInKeyTests.Key_TriedAgainInAnotherWay_Stays),
        ["RetryRules.Memory"] = nameof(NotInKeyTests.Key_TriedAgainInAnotherWay_Stays),
        ["Growth.Factor"] = nameof(NotInKeyTests.Key_TriedAgainInAnotherWay_Stays),
        ["Growth.Most"] = nameof(NotInKeyTests.Key_TriedAgainInAnotherWay_Stays),
        ["SuccessRule.AllowedExitCodes"] = nameof(RuleKeyTests.Key_AllowedExitCodeAdded_Differs),
        ["SuccessRule.Conditions"] = nameof(RuleKeyTests.Key_ConditionRemoved_Differs),
        ["SuccessCondition.Kind"] = nameof(RuleKeyTests.Key_ConditionKindChanges_Differs),
        ["SuccessCondition.Path"] = nameof(RuleKeyTests.Key_ConditionPathChanges_Differs),
        ["SuccessCondition.Pattern"] = nameof(RuleKeyTests.Key_ConditionPatternChanges_Differs),
        ["SuccessCondition.Otherwise"] = nameof(RuleKeyTests.Key_MessageOfConditionChanges_Stays),
        ["Tool.Name"] = nameof(RuleKeyTests.Key_ToolNameChanges_Differs),
        ["Tool.Candidates"] = nameof(RuleKeyTests.Key_WhereToolIsLookedForChanges_Stays),
        ["Tool.Version"] = nameof(RuleKeyTests.Key_HowToolIsAskedChangesWithSameAnswer_Stays),
        ["OfLines.Arguments"] = nameof(RuleKeyTests.Key_HowToolIsAskedChangesWithSameAnswer_Stays),
        ["OfLines.Beside"] = nameof(RuleKeyTests.Key_WhatElseTheAnswerDependsOnChangesWithSameAnswer_Stays),
        ["OfLines.OptionalPrefixes"] = nameof(RuleKeyTests.Key_WhichLinesMayCountChangesWithSameAnswer_Stays),
        ["OfLines.LinePrefixes"] = nameof(RuleKeyTests.Key_WhichLinesCountChangesWithSameAnswer_Stays),
        ["SecretUse.Name"] = nameof(SecretKeyTests.Key_SecretChanges_Differs),
        ["SecretUse.Version"] = nameof(SecretKeyTests.Key_SecretVersionChanges_Differs),
        ["SecretUse.Source"] = nameof(SecretKeyTests.Key_SecretComesFromElsewhere_Stays),
        ["SecretUse.Variable"] = nameof(SecretKeyTests.Key_SecretGivenByAnotherVariable_Differs),
        ["SecretUse.File"] = nameof(SecretKeyTests.Key_SecretGivenByAFileOfTheVariablesName_Differs),
        ["FromEnvironment.Variable"] = nameof(SecretKeyTests.Key_SecretComesFromElsewhere_Stays),
        ["FromCommand.Command"] = nameof(SecretKeyTests.Key_SecretComesFromElsewhere_Stays),
        ["FromFile.Path"] = nameof(SecretKeyTests.Key_SecretComesFromElsewhere_Stays),
        ["SourceLocation.File"] = nameof(NotInKeyTests.Key_DeclaredElsewhere_Stays),
        ["SourceLocation.Line"] = nameof(NotInKeyTests.Key_DeclaredElsewhere_Stays),
        ["SourceLocation.UsedAt"] = nameof(NotInKeyTests.Key_RecipeUsedElsewhere_Stays),
        ["ClosedAction.Step"] = nameof(KeyEncodingTests.Key_EveryPropertyOfAStep_IsDecided),
        ["ClosedAction.Inputs"] = nameof(DeclarationKeyTests.Key_ContentsOfTwoInputsSwapped_Differs),
        ["ClosedAction.Templates"] = nameof(DeclarationKeyTests.Key_TemplateTextChanges_Differs),
        ["ClosedAction.Tools"] = nameof(RuleKeyTests.Key_ToolVersionChanges_Differs),
        ["ClosedAction.SiteFacts"] = nameof(RuleKeyTests.Key_SiteFactChanges_Differs),
        ["InputIdentity.Digest"] = nameof(DeclarationKeyTests.Key_InputIdentityChanges_Differs),
        ["InputIdentity.RuleName"] = nameof(DeclarationKeyTests.Key_InputIdentityRuleNameChanges_Differs),
        ["InputIdentity.RuleVersion"] = nameof(DeclarationKeyTests.Key_InputIdentityRuleVersionChanges_Differs),
        ["InputIdentity.Compared"] = nameof(NotInKeyTests.Key_InputComparedByItsProducer_Stays),
        ["RenderedTemplate.Text"] = nameof(DeclarationKeyTests.Key_TemplateTextChanges_Differs),
        ["ToolFingerprint.Lines"] = nameof(RuleKeyTests.Key_LineOfToolGone_Differs),
    };

    private static readonly Type[] Types =
    [
        typeof(StepId), typeof(Operation.Commands), typeof(Command), typeof(Operation.Function), typeof(Input), typeof(InputSource.SourceFile),
        typeof(InputSource.StepOutput), typeof(Template), typeof(Output), typeof(OutputIdentity), typeof(Resources), typeof(RetryRules), typeof(Growth), typeof(SuccessRule),
        typeof(SuccessCondition), typeof(Tool), typeof(ToolVersion.OfBinary), typeof(ToolVersion.OfLines), typeof(SourceLocation),
        typeof(SecretUse), typeof(SecretSource.FromEnvironment), typeof(SecretSource.FromFile), typeof(SecretSource.FromCommand), typeof(ClosedAction), typeof(InputIdentity), typeof(RenderedTemplate), typeof(ToolFingerprint),
    ];

    /// <summary>A new property fails here until a test says what it does to the key.</summary>
    [Fact]
    public void Key_EveryPropertyOfWhatAnActionIsMadeOf_HasItsTest() => Assert.Equal(
        Types.SelectMany(Properties).Order(StringComparer.Ordinal), Tests.Keys.Order(StringComparer.Ordinal));

    /// <summary>Only what is stored: a property computed from others says nothing of its own.</summary>
    private static IEnumerable<string> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is not null || property.GetMethod!.IsAbstract)
        .Select(property => $"{type.Name}.{property.Name}");
}
