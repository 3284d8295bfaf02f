using System.Collections.Concurrent;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Scanning;

namespace ScaleMs.Engine.Judging;

/// <summary>Closes an instance: resolves inputs, templates, tools and site facts, so that its key can be told.</summary>
internal sealed class ActionCloser(IDisk disk, Scanner scanner, Func<StepInstance, ISite> siteOf)
{
    private readonly ConcurrentDictionary<Digest, string> _templates = new();

    /// <summary>Closes an instance.</summary>
    /// <param name="step">The instance.</param>
    /// <param name="outputOf">The recorded output of a settled producer.</param>
    /// <returns>The closed action, or what keeps it from being closed.</returns>
    public (ClosedAction? Action, Failure? Failure) Close(StepInstance step, Func<InputSource.StepOutput, OutputRecord?> outputOf)
    {
        var inputs = step.Inputs.Count == 0 ? [] : new InputIdentity[step.Inputs.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            var (identity, failure) = Identify(step, step.Inputs[i], outputOf);
            if (failure is not null)
            {
                return (null, failure);
            }

            inputs[i] = identity;
        }

        var templates = step.Templates.Count == 0 ? [] : new RenderedTemplate[step.Templates.Count];
        for (var i = 0; i < templates.Length; i++)
        {
            var (text, failure) = Render(step, step.Templates[i]);
            if (failure is not null)
            {
                return (null, failure);
            }

            templates[i] = new RenderedTemplate(text);
        }

        var site = siteOf(step);
        var tools = step.Tools.Count == 0 ? [] : new ToolFingerprint[step.Tools.Count];
        for (var i = 0; i < tools.Length; i++)
        {
            var answer = site.Find(step.Tools[i]);
            if (answer.Problem is not null)
            {
                return (null, new Failure(FailureClass.SubmitError, $"tool '{step.Tools[i].Name}' {answer.Problem}"));
            }

            tools[i] = answer.Fingerprint;
        }

        return (new ClosedAction(step, inputs, templates, tools, step.SiteFacts.Count == 0 ? [] : [.. step.SiteFacts.Select(site.Fact)]), null);
    }

    private (InputIdentity Identity, Failure? Failure) Identify(StepInstance step, Input input, Func<InputSource.StepOutput, OutputRecord?> outputOf)
    {
        if (input.Source is InputSource.StepOutput source)
        {
            if (outputOf(source) is not { } output)
            {
                return (default, new Failure(FailureClass.SubmitError, $"step '{step.Id}' needs '{source.Output}' of '{source.Step}', which made no such file this time (declared at {step.DeclaredAt})"));
            }

            return (input.AsBytes && !output.IsAbsent
                ? new InputIdentity(output.Bytes, ContentIdentity.Bytes.Name, ContentIdentity.Bytes.Version) { Compared = output.Compared }
                : new InputIdentity(output.Identity, output.RuleName, output.RuleVersion) { Compared = output.Compared }, null);
        }

        var path = ((InputSource.SourceFile)input.Source).Path;
        return scanner.Look(path, input.Identity) is { Stat.IsFile: true } scanned
            ? (new InputIdentity(scanned.IdentityOf(input.Identity)!.Value, input.Identity.Name, input.Identity.Version), null)
            : (default, NoSource(step, path));
    }

    private (string Text, Failure? Failure) Render(StepInstance step, Template template)
    {
        if (scanner.Look(template.Source.Path, ContentIdentity.Bytes) is not { Stat.IsFile: true } scanned)
        {
            return (string.Empty, NoSource(step, template.Source.Path));
        }

        var text = _templates.GetOrAdd(scanned.Bytes, _ => disk.ReadText(scanner.Absolute(template.Source.Path)));
        var rendered = TemplateText.Render(text, template.Values, out var problem);
        // A changed template would be another text; which one, nobody knows.
        return (scanner.IsSupposed(template.Source.Path) ? $"supposed to differ from {rendered}" : rendered, problem is null ? null : new Failure(FailureClass.SubmitError, $"template '{template.Source.Path}' {problem}"));
    }

    private static Failure NoSource(StepInstance step, string path) =>
        new(FailureClass.SubmitError, $"step '{step.Id}' needs '{path}', which is no file in the workspace (declared at {step.DeclaredAt})");
}
