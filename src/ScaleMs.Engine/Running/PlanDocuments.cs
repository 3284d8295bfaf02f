using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Documents;
using ScaleMs.Engine.Scanning;

namespace ScaleMs.Engine.Running;

/// <summary>Writes down a plan with everything that it was decided on.</summary>
/// <param name="services">The parts of the run that made the plan.</param>
/// <param name="request">What was asked for.</param>
internal sealed class PlanDocuments(RunServices services, RunRequest request)
{
    /// <summary>Stands for the digest of a source that is not there.</summary>
    public const string NoDigest = "none";

    private readonly StringBuilder _text = new();

    /// <summary>The document of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="open">Where it is unknown what follows.</param>
    public PlanDocument Of(List<PlannedStep> plan, IEnumerable<OpenContinuation> open)
    {
        var steps = plan.ConvertAll(planned => planned.Step);
        return new PlanDocument
        {
            Target = request.Target,
            Workspace = request.Workspace,
            Parameters = [.. request.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal)],
            Selection = request.Selection,
            Sources = Sources(steps),
            Tools = Tools(steps),
            Steps = plan.ConvertAll(EntryOf),
            Open = PlanOpening.Counted(open.Select(continuation => continuation.Entry)),
        };
    }

    private PlanEntry EntryOf(PlannedStep planned) => new(planned.Step.Id.ToString(), planned.Kind, planned.Reason)
    {
        Key = planned.Key,
        Declaration = DeclarationOf(planned.Step).ToString(),
        LastRun = LastRun.Of(planned.Step.Id, services.Store.State),
        Seconds = planned.Predicted?.Seconds,
    };

    private List<PlanSource> Sources(List<StepInstance> steps) => steps
        .SelectMany(step => SourcesOf(step, services.Scanner))
        .Distinct()
        .OrderBy(source => source.Path, StringComparer.Ordinal)
        .ThenBy(source => source.Rule, StringComparer.Ordinal)
        .ToList();

    /// <summary>The sources of an instance as they are.</summary>
    public static IEnumerable<PlanSource> SourcesOf(StepInstance step, Scanner scanner) => step.Inputs
        .Where(input => input.Source is InputSource.SourceFile)
        .Select(input => SourceOf(((InputSource.SourceFile)input.Source).Path, input.Identity, scanner))
        .Concat(step.Templates.Select(template => SourceOf(template.Source.Path, ContentIdentity.Bytes, scanner)));

    private static PlanSource SourceOf(string path, ContentIdentity identity, Scanner scanner) => new(
        path, Scanned.NameOf(identity), scanner.Look(path, identity)?.IdentityOf(identity)?.ToString() ?? NoDigest);

    private List<PlanTool> Tools(List<StepInstance> steps) => steps
        .SelectMany(step => step.Tools.Select(tool => (Tool: tool, Place: services.Places.Of(step))))
        .DistinctBy(use => $"{use.Place.Name}\n{use.Tool.Name}\n{string.Join('\n', use.Tool.Candidates)}")
        .Select(use => new PlanTool(use.Place.IsHere ? use.Tool.Name : $"{use.Tool.Name} at {use.Place.Name}", use.Place.Site.Find(use.Tool).Fingerprint.Lines))
        .OrderBy(tool => tool.Name, StringComparer.Ordinal)
        .DistinctBy(tool => tool.Name)
        .ToList();

    /// <summary>What the author wrote: the key as it would be if each input held the name of where it comes from, and where outputs go.</summary>
    private Digest DeclarationOf(StepInstance step)
    {
        var action = new ClosedAction(
            step,
            [.. step.Inputs.Select(input => new InputIdentity(Digest.OfText(input.Source.ToString()), input.Identity.Name, input.Identity.Version))],
            [.. step.Templates.Select(template => new RenderedTemplate(template.Source.Path))],
            [.. step.Tools.Select(_ => new ToolFingerprint([]))],
            [.. step.SiteFacts.Select(services.Places.SiteOf(step).Fact)]);
        _text.Clear().Append(KeyEncoder.KeyOf(action));
        foreach (var output in step.Outputs)
        {
            _text.Append('\n').Append(output.PublishTo?.Value).Append(' ').Append(output.Keep).Append(' ').Append(output.Store);
        }

        return Digest.OfText(_text.ToString());
    }
}
