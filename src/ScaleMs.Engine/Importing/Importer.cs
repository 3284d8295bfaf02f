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
    private readonly TreeCollector _trees = new(disk, store);

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
        Outputs = [.. step.Outputs.SelectMany(output => Take(output, key))],
        Components = components,
        RunId = runId,
        FinishedAt = clock.GetUtcNow(),
        Launcher = "import",
        ImportedFrom = order.Name,
    };

    private IEnumerable<OutputRecord> Take(Output output, ActionKey key)
    {
        var textFile = Path.Combine(store.Directory, $"import-{key.Brief}.listing");
        var file = _files.Find(output).File;
        if (output.Files is { } wanted)
        {
            return _trees.Take(output, file is null ? TreeContents.None : Contents(file, wanted), file ?? string.Empty, textFile, (_, place) => Put(place, null));
        }

        if (file is null)
        {
            _trees.PutText(textFile, OutputRecord.AbsentText);
            return [OutputRecord.Absent(output.Path, output.Keep)];
        }

        return [TakeFile(output, key, file)];
    }

    private TreeContents Contents(string root, FilePattern wanted) => new TreeSurvey(disk, root, wanted).Look().Contents ?? throw new InputChangedException(root);

    private OutputRecord TakeFile(Output output, ActionKey key, string file)
    {
        var isExecutable = disk.Stat(file)?.IsExecutable == true;
        var blob = Put(file, output.Identity is OutputIdentity.Canonical { Rule: { IsBytes: false } rule } ? rule : null);
        var identity = output.Identity is OutputIdentity.OfAction ? OutputIdentity.OfAction.Of(key, output.Path) : blob.Identity;
        return new OutputRecord(output.Path, blob.Bytes, blob.Length, identity, output.Identity.Name, output.Identity.Version, isExecutable, output.Keep);
    }

    private StoredBlob Put(string file, ContentIdentity? rule)
    {
        var before = disk.Stat(file);
        var blob = store.Put(file, rule);
        return before is not null && disk.Stat(file) == before ? blob : throw new InputChangedException(file);
    }

    /// <summary>Conditions on standard error, and on files that are not there and are no outputs, cannot be checked.</summary>
    private IEnumerable<Fault> Unsuccessful(StepInstance step) => step.Success.Conditions
        .Where(condition => condition.Path is not null)
        .Select(condition => _files.Find(step, condition.Path!) is { } file ? _success.Problem(condition, file) : null)
        .OfType<string>()
        .Select(problem => ImportFaults.NotSuccessful(step, problem));
}
