using ScaleMs.Core.Failures;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;
using ScaleMs.Engine.Judging;
using ScaleMs.Engine.Places;

namespace ScaleMs.Engine.Running;

/// <summary>Attempts that a dead client left running elsewhere and that this run will not take over: their step is gone, stands at another key, or runs at another place now.</summary>
/// <remarks>What belongs to tasks that are not in the target's closure is none of this run's business.</remarks>
/// <param name="services">The run's parts.</param>
/// <param name="graph">The steps that there are.</param>
/// <param name="assessments">What the plan found of each node; null where it is not known yet.</param>
/// <param name="isWholeIn">Whether all steps of a task are known.</param>
internal sealed class AbandonedAttempts(RunServices services, WorkflowGraph graph, Assessment?[] assessments, Predicate<string> isWholeIn)
{
    /// <summary>How long the end of a run waits for their ends.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The tasks that have steps; told only where attempts were left.</summary>
    private readonly Lazy<HashSet<string>> _tasks = new(() => [.. graph.Nodes.Select(node => node.Task)]);

    /// <summary>Ends them.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> EndAsync()
    {
        var ends = Find().Select(EndAsync).ToList();
        try
        {
            await Task.WhenAll(ends).WaitAsync(Patience, services.Clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // They were told, and end without us.
        }

        return ends.Count;
    }

    private List<(StepPlace Place, IntentRecord Intent)> Find() => services.Places.All.All(place => place.IsHere) ? []
        : [.. services.Store.State.AllOpenIntents().Where(IsUnneeded).Select(intent => (PlaceOf(intent)!, intent)).Where(found => found.Item1 is not null)];

    private bool IsUnneeded(IntentRecord intent)
    {
        if (graph.Find(intent.Step) is not { } node)
        {
            return _tasks.Value.Contains(intent.Step.Task) && isWholeIn(intent.Step.Task);
        }

        var key = node.Index < assessments.Length ? assessments[node.Index]?.Key : null;
        return (key is not null && key != intent.Key) || !services.ExecutorAt(services.Places.Of(node.Step!)).CanTakeOver(DirectoryOf(intent));
    }

    private StepPlace? PlaceOf(IntentRecord intent) => services.Places.All.FirstOrDefault(place => !place.IsHere && services.ExecutorAt(place).CanTakeOver(DirectoryOf(intent)));

    private string DirectoryOf(IntentRecord intent) => Path.Combine(services.Store.Directory, intent.Directory);

    private async Task EndAsync((StepPlace Place, IntentRecord Intent) left)
    {
        var takeover = new Takeover(services.Disk, left.Place);
        var ended = await takeover.EndAsync(DirectoryOf(left.Intent), left.Intent.Step, left.Intent.Key).ConfigureAwait(false);
        takeover.MarkEnded(DirectoryOf(left.Intent), FailureClass.Cancelled, ended);
    }
}
