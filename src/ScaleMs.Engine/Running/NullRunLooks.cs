using ScaleMs.Core.Digests;
using ScaleMs.Core.Events;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Scanning;

namespace ScaleMs.Engine.Running;

/// <summary>What a run was decided on, when it found nothing to do and all of that can be told again by looking.</summary>
internal static class NullRunLooks
{
    /// <summary>Everything that the run looked at, each path once and told when it is asked for; null when it is not to be remembered.</summary>
    public static IEnumerable<Look>? Of(RunServices services, RunRequest request, RunSummary summary)
    {
        if (!IsNull(request, summary) || services.Scanner.HasRacyFacts || services.Witness.Looks() is not { } looks)
        {
            return null;
        }

        return looks.Select(look => look with { Bytes = DigestOf(services.Scanner, look.Path), IsOfAll = services.Probe.HasLookedAt(services.Scanner.Absolute(look.Path)) });
    }

    private static bool IsNull(RunRequest request, RunSummary summary) =>
        summary.Outcome == "done" && summary.Counts.UpToDate == summary.Steps.Count && summary.Steps.All(step => step.ImportedFrom is null) &&
        request.OnlyTasks is null && !request.Definition.Tasks.Any(task => task.IsPlain);

    /// <summary>A file of the workspace may have been named by its absolute path.</summary>
    private static Digest DigestOf(Scanner scanner, string path) =>
        scanner.DigestOf(path) is { IsNone: false } bytes ? bytes : scanner.DigestOf(scanner.Absolute(path));
}
