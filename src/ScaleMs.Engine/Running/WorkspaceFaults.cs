using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Running;

/// <summary>What the workspace lacks for a definition that is wrong by itself: told at the same time, so that its author need not come twice.</summary>
internal static class WorkspaceFaults
{
    /// <summary>All faults in a stable order. Of a step that is declared wrongly nothing more is told.</summary>
    /// <param name="ports">What the engine is given from outside.</param>
    /// <param name="request">What to do.</param>
    /// <param name="faults">The faults of the definition.</param>
    public static IReadOnlyList<Fault> With(EnginePorts ports, RunRequest request, IReadOnlyList<Fault> faults)
    {
        if (ports.OpenStoreToRead is null)
        {
            return faults;
        }

        try
        {
            using var store = ports.OpenStoreToRead(int.MaxValue);
            var preflight = new Preflight(RunServices.Wire(ports, store, request, string.Empty, new EventStream([])));
            var found = preflight.CheckAdded(Sound(request, faults), request.Definition.Tasks.Any(task => task.IsPlain));
            return [.. faults.Concat(found).OrderBy(fault => fault.Code, StringComparer.Ordinal).ThenBy(fault => fault.What, StringComparer.Ordinal)];
        }
        catch (StoreException)
        {
            // The definition's faults come first; the store's trouble is told when they are mended.
            return faults;
        }
    }

    private static List<StepInstance> Sound(RunRequest request, IReadOnlyList<Fault> faults)
    {
        var places = faults.Select(fault => fault.Where).ToHashSet();
        var skipped = request.Definition.Tasks.Where(task => task.IsSkipped).Select(task => task.Name).ToHashSet(StringComparer.Ordinal);
        return [.. request.Definition.Steps.Where(step => !places.Contains(step.DeclaredAt) && !skipped.Contains(step.Id.Task)).DistinctBy(step => step.Id)];
    }
}
