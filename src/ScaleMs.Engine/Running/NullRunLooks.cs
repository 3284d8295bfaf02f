using ScaleMs.Core.Digests;
using ScaleMs.Core.Events;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>What a run was decided on, when it found nothing to do and all of that can be told again by looking.</summary>
internal static class NullRunLooks
{
    /// <summary>Everything that the run looked at, each path once; null when it is not to be remembered.</summary>
    public static List<Look>? Of(RunServices services, RunRequest request, RunSummary summary)
    {
        if (!IsNull(request, summary) || services.Scanner.HasRacyFacts || services.Witness.Looks() is not { } looks)
        {
            return null;
        }

        var root = request.Workspace + "/";
        return looks.Select(look => look with { Path = look.Path.StartsWith(root, StringComparison.Ordinal) ? look.Path[root.Length..] : look.Path, Bytes = DigestOf(services, look.Path, root), IsOfAll = services.Probe.HasLookedAt(look.Path) }).ToList();
    }

    private static bool IsNull(RunRequest request, RunSummary summary) =>
        summary.Outcome == "done" && summary.Counts.UpToDate == summary.Steps.Count && summary.Steps.All(step => step.ImportedFrom is null) &&
        request.OnlyTasks is null && !request.Definition.Tasks.Any(task => task.IsPlain);

    /// <summary>A file of the workspace may have been named by its absolute path.</summary>
    private static Digest DigestOf(RunServices services, string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal) && services.Scanner.DigestOf(path[root.Length..]) is { IsNone: false } bytes ? bytes : services.Scanner.DigestOf(path);
}
