using ScaleMs.Core.Digests;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Definitions;
using ScaleMs.Store.Disk;
using ScaleMs.Store.NullRuns;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.NullRuns;

/// <summary>A workspace whose null run is remembered with its definition: each step reads sources and outputs of others, and publishes a file of its name.</summary>
public sealed class Affected : IDisposable
{
    private const string Task = "make";
    private readonly PhysicalDisk _disk = new();

    public Affected(params (string Step, string[] Reads)[] steps)
    {
        Steps = [.. steps.Select(step => Declare(step.Step, step.Reads, steps))];
        foreach (var path in Steps.SelectMany(step => step.SourcePaths().Append(step.Id.Step)).Append("table").Distinct())
        {
            Workspace.Write(path, path);
        }
    }

    public Workspace Workspace { get; } = Workspace.InMemory();

    public List<StepInstance> Steps { get; }

    public static Digest Circumstances { get; } = Digest.OfText("circumstances");

    public string Memory => Path.Combine(Workspace.Store, "null-runs", Circumstances.Brief);

    public string Definition => Memory + ".steps";

    /// <summary>Remembers the null run: besides what steps read and publish it looked at <c>table</c>.</summary>
    public Affected Keep(WorkflowDefinition? definition = null)
    {
        var store = Workspace.Open();
        store.Commit(Sample.State(1, 1));
        store.Dispose();
        store.Remember(new NullRun
        {
            Circumstances = Circumstances,
            PureCode = Digest.OfText("code"),
            Target = Task,
            Steps = Steps.Count,
            Tasks = [new TaskCount(Task, Steps.Count) { SavedSeconds = Steps.Count }],
            SavedSeconds = Steps.Count,
            Definition = definition ?? new WorkflowDefinition([new WorkflowTask(Task, [], false)], Steps, []),
            Looks = [LookAt("table"), .. Steps.SelectMany(step => step.SourcePaths().Append(step.Id.Step)).Distinct().Select(LookAt)],
        });
        return this;
    }

    public RememberedRun? Find() => NullRunMemory.Find(Workspace.Root, ".scalems", Circumstances);

    public AffectedPart? Part() => Find()?.Affected();

    /// <summary>Plays the run of the part that an edit reaches: it publishes a file and records that.</summary>
    public void RunPart(string published, string bytes)
    {
        var part = Part()!;
        var store = Workspace.Open();
        Workspace.Write(published, bytes);
        store.Commit([new PublishedRecord(ArtifactPath.Parse(published), new StepId(Task, published), Digest.OfText(bytes)), .. Facts(part)]);
        store.Dispose();
        store.Amend(part, part.Run with { SavedSeconds = 77 }, Facts(part));
    }

    public void Dispose() => Workspace.Dispose();

    /// <summary>What a run of the part is told that its sources hold.</summary>
    public List<FileFactRecord> Facts(AffectedPart part) => [.. part.Definition.Steps.SelectMany(step => step.SourcePaths()).Distinct(StringComparer.Ordinal)
        .Select(path => new FileFactRecord(path, _disk.Stat(Path.Combine(Workspace.Root, path))!.Value, Digest.OfText(File.ReadAllText(Path.Combine(Workspace.Root, path))), []))];

    private Look LookAt(string path) => new(path, true, _disk.Stat(Path.Combine(Workspace.Root, path)), _disk.Hash(Path.Combine(Workspace.Root, path), []).Bytes);

    private static StepInstance Declare(string name, string[] reads, (string Step, string[] Reads)[] all) => new()
    {
        Id = new StepId(Task, name),
        Operation = new Operation.Commands([new Command("cat", reads)]),
        Inputs = [.. reads.Select(read => new Input(ArtifactPath.Parse(read), SourceOf(read, all), ContentIdentity.Bytes))],
        Tools = [new Tool("cat", ["cat"], new ToolVersion.OfBinary())],
        Outputs = [new Output(ArtifactPath.Parse(name), OutputIdentity.Bytes, ArtifactPath.Parse(name))],
    };

    private static InputSource SourceOf(string read, (string Step, string[] Reads)[] all) =>
        Array.Exists(all, step => step.Step == read) ? new InputSource.StepOutput(new StepId(Task, read), ArtifactPath.Parse(read)) : new InputSource.SourceFile(read);
}
