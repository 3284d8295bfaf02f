using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Graph;

/// <summary>A workflow in a few words: tasks, and steps that make <c>out</c> and read the <c>out</c> of others.</summary>
internal sealed class Flow
{
    private readonly List<WorkflowTask> _tasks = [];
    private readonly List<StepInstance> _steps = [];
    private readonly List<SourcePattern> _patterns = [];

    /// <summary>A task, and its steps that read nothing.</summary>
    public Flow Task(string name, string[]? dependsOn = null, bool isPlain = false)
    {
        _tasks.Add(new WorkflowTask(name, dependsOn ?? [], isPlain));
        return this;
    }

    /// <summary>A step that reads the outputs of others.</summary>
    public Flow Step(string id, params string[] reads) => Step(id, step => step with
    {
        Inputs = [.. reads.Select((producer, i) => Reading($"in{i}", producer))],
    });

    /// <summary>A step that is sound but for what an edit does to it.</summary>
    public Flow Step(string id, Func<StepInstance, StepInstance> edit)
    {
        _steps.Add(edit(new StepInstance
        {
            Id = StepId.Parse(id),
            Operation = new Operation.Commands([new Command("sh", ["-c", "…"])]),
            Tools = [new Tool("sh", ["sh"], new ToolVersion.OfBinary())],
            Outputs = [Making("out")],
            DeclaredAt = new SourceLocation("Workflow.cs", _steps.Count + 1),
        }));
        return this;
    }

    /// <summary>A pattern by which the definition looked for files.</summary>
    public Flow Pattern(string text)
    {
        Assert.True(FilePattern.TryParse(text, out var pattern, out _));
        _patterns.Add(new SourcePattern(pattern, new SourceLocation("Workflow.cs", 1000)));
        return this;
    }

    public static Input Reading(string name, string producer, string output = "out") =>
        Input(name, new InputSource.StepOutput(StepId.Parse(producer), ArtifactPath.Parse(output)));

    public static Input Source(string name, string path) => Input(name, new InputSource.SourceFile(path));

    public static Output Making(string path, string? publish = null) =>
        new(ArtifactPath.Parse(path), OutputIdentity.Bytes, publish is null ? null : ArtifactPath.Parse(publish));

    public WorkflowGraph Graph()
    {
        var (graph, faults) = WorkflowGraph.Build(Definition());
        Assert.Empty(faults);
        return graph!;
    }

    public IReadOnlyList<Fault> Faults(params Fault[] earlier)
    {
        var (graph, faults) = WorkflowGraph.Build(Definition() with { Faults = earlier });
        Assert.Null(graph);
        Assert.NotEmpty(faults);
        return faults;
    }

    private static Input Input(string name, InputSource source) => new(ArtifactPath.Parse(name), source, ContentIdentity.Bytes);

    private WorkflowDefinition Definition() => new(_tasks, _steps, []) { Patterns = _patterns };
}
