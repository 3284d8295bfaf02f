using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning.Documents;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Engine.Importing;
using ScaleMs.Engine.Places;
using ScaleMs.Engine.Tracing;

namespace ScaleMs.Engine.Running;

/// <summary>What one run is to do.</summary>
public sealed record RunRequest
{
    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>The workspace's absolute path.</summary>
    public required string Workspace { get; init; }

    /// <summary>What the tasks of the target's closure declared.</summary>
    public required WorkflowDefinition Definition { get; init; }

    /// <summary>What this machine may use at once.</summary>
    public required Resources Capacity { get; init; }

    /// <summary>The name of the place where steps run that name none.</summary>
    public string UsualPlace { get; init; } = Place.Here;

    /// <summary>The names of the graphics processors, as <c>CUDA_VISIBLE_DEVICES</c> takes them, in the order of their numbers; numbers stand for those without one.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>The store's directory name, below the workspace.</summary>
    public string StoreName { get; init; } = ".scalems";

    /// <summary>Whether independent steps go on after a failure.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>Whether verdicts are only told and nothing is executed.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Patterns of instances to explain: the run is planned, nothing is executed. Empty for none.</summary>
    public IReadOnlyList<string> Explain { get; init; } = [];

    /// <summary>Whether only the graph is written down as a document; nothing is executed.</summary>
    public bool WantsGraph { get; init; }

    /// <summary>Whether this is a plan, with explanations or without, or a graph.</summary>
    internal bool ExecutesNothing => PlanOnly || WantsGraph || Explain.Count > 0;

    /// <summary>Whether every file is read, however its stat tuple looks.</summary>
    public bool Rehash { get; init; }

    /// <summary>Tasks whose steps may run; null for all. Others must be up to date already.</summary>
    public IReadOnlySet<string>? OnlyTasks { get; init; }

    /// <summary>Which instances may execute, and which execute although they are up to date.</summary>
    public StepSelection Selection { get; init; } = StepSelection.All;

    /// <summary>The folder that the selected steps of <see cref="StepSelection.Import"/> take results from; null for a run that executes.</summary>
    public ImportOrder? Import { get; init; }

    /// <summary>Whether executed steps are watched for files that they do not declare.</summary>
    public TraceMode Trace { get; init; }

    /// <summary>Source files that count as changed, as steps name them; only a plan may suppose.</summary>
    public IReadOnlyList<string> Supposed { get; init; } = [];

    /// <summary>The parameters' values, for a plan's document.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Whether a plan is written down with all that it was decided on.</summary>
    public bool WantsDocument { get; init; }

    /// <summary>The reviewed plan: nothing but what it names is executed, and nothing at all when something moved since. Null for an ordinary run.</summary>
    public PlanDocument? Approved { get; init; }

    /// <summary>How many steps and continuations may be defined while running.</summary>
    public int MostExpandedSteps { get; init; } = 100_000;

    /// <summary>Runs a plain task; false when it failed. Called for one task at a time, and for several at once only where all of them may overlap.</summary>
    public Func<WorkflowTask, Task<bool>> RunPlainTask { get; init; } = _ => Task.FromResult(true);
}

/// <summary>Exit codes of a run, the same on every host.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A step or a plain task failed.</summary>
    public const int Failed = 1;

    /// <summary>Usage: an unknown target, option or parameter, or a tool that is not there.</summary>
    public const int Usage = 2;

    /// <summary>The workflow's definition is wrong.</summary>
    public const int Definition = 3;

    /// <summary>There is work to do (with <c>--exit-code</c>).</summary>
    public const int WorkToDo = 4;

    /// <summary>A bug of ours.</summary>
    public const int Bug = 70;

    /// <summary>The store is in use.</summary>
    public const int StoreInUse = 75;

    /// <summary>Interrupted.</summary>
    public const int Interrupted = 130;
}
