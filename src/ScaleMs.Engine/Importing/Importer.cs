using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Importing;

/// <summary>Takes results that were made elsewhere: checks the files, puts their bytes into the store, and makes the result that the run loop commits.</summary>
/// <remarks>Nothing is launched and no attempt is begun, so nothing is left to continue: a kill leaves blobs that nobody names.</remarks>
internal sealed class Importer(ImportOrder order, IDisk disk, IFileStore store, TimeProvider clock)
{
    private readonly ImportFiles _files = new(order, disk);
    private readonly SuccessCheck _success = new(disk);

    /// <summary>The reason that is told of an imported step.</summary>
    public Reason Reason { get; } = ImportReasons.Taken(order.Name);

    /// <summary>Everything that keeps a plan's steps from being imported.</summary>
    /// <param name="steps">The steps that are to be imported, as they were planned.</param>
    public List<Fault> Faults(IReadOnlyList<PlannedStep> steps)
    {
        if (disk.Stat(order.Directory) is not { IsDirectory: true })
        {
            return [ImportFaults.NoFolder(order.Name)];
        }

        var wanted = steps.Where(step => step.Runs).Select(step => step.Step).ToList();
        return
        [
            .. steps.Where(step => step.Kind is PlanKind.UpToDate or PlanKind.Restore).Select(step => ImportFaults.HasResult(step.Step, step.Reason)),
            .. steps.Where(step => step.Kind is PlanKind.Blocked).Select(step => ImportFaults.Blocked(step.Step, step.Reason)),
            .. wanted.FindAll(step => step.IsAlways).Select(ImportFaults.RunsAlways),
            .. wanted.SelectMany(_files.Faults),
            .. wanted.SelectMany(Unsuccessful),
            .. _files.Doubtful(wanted),
        ];
    }

    /// <summary>Whether an output's file already stands where it is to be published.</summary>
    public bool IsInPlace(Output output, string published) => _files.IsInPlace(output, published);

    /// <summary>Imports a step; never throws for what its files are.</summary>
    public (ActionResult? Result, Failure? Failure) Import(StepInstance step, ActionKey key, IReadOnlyList<KeyComponent> components, string runId)
    {
        try
        {
            return _files.Faults(step).Concat(Unsuccessful(step)).FirstOrDefault() is { } fault
                ? (null, new Failure(FailureClass.OutputMissing, fault.What))
                : (ResultOf(step, key, components, runId), null);
        }
        catch (InputChangedException changed)
        {
            return (null, new Failure(FailureClass.InputChanged, $"'{changed.Place}' changed while it was imported; import it when it has come to rest"));
        }
        catch (StoreException cause)
        {
            return (null, new Failure(FailureClass.StoreError, cause.Message));
        }
    }

    private ActionResult ResultOf(StepInstance step, ActionKey key, IReadOnlyList<KeyComponent> components, string runId) => new()
    {
        Key = key,
        Step = step.Id,
        Outputs = [.. step.Outputs.Select(output => Take(output, key))],
        Components = components,
        RunId = runId,
        FinishedAt = clock.GetUtcNow(),
        Launcher = "import",
        ImportedFrom = order.Name,
    };

    private OutputRecord Take(Output output, ActionKey key)
    {
        var file = _files.Find(output).File!;
        var before = disk.Stat(file);
        var blob = store.Put(file, output.Identity is OutputIdentity.Canonical { Rule: { IsBytes: false } rule } ? rule : null);
        if (before is not { } seen || disk.Stat(file) != before)
        {
            throw new InputChangedException(file);
        }

        var identity = output.Identity is OutputIdentity.OfAction ? OutputIdentity.OfAction.Of(key, output.Path) : blob.Identity;
        return new OutputRecord(output.Path, blob.Bytes, blob.Length, identity, output.Identity.Name, output.Identity.Version, seen.IsExecutable, output.Keep);
    }

    /// <summary>Conditions on standard error, and on files that are not there and are no outputs, cannot be checked.</summary>
    private IEnumerable<Fault> Unsuccessful(StepInstance step) => step.Success.Conditions
        .Where(condition => condition.Path is not null)
        .Select(condition => _files.Find(step, condition.Path!) is { } file ? _success.Problem(condition, file) : null)
        .OfType<string>()
        .Select(problem => ImportFaults.NotSuccessful(step, problem));
}
