using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Places;
using ScaleMs.Engine.Scanning;

namespace ScaleMs.Engine.Running;

/// <summary>Checks that need the disk, made before anything runs: sources that are not there, tools that are not there, files in the way.</summary>
internal sealed class Preflight(RunServices services)
{
    private static readonly ParallelOptions Width = new() { MaxDegreeOfParallelism = System.Environment.ProcessorCount };

    /// <summary>Looks for all faults at once, reading source files and asking tools in parallel on the way.</summary>
    public List<Fault> Check(WorkflowGraph graph, IReadOnlySet<string> skipped)
    {
        var steps = graph.Nodes.Where(node => node.Step is not null && !skipped.Contains(node.Task)).ToList();
        // A plain task may make a source file, so those of steps ordered after one are looked at when their turn comes.
        var settledSources = StepsBeforeAnyPlainTask(graph);
        var settled = steps.Where(node => settledSources(node)).Select(node => node.Step!).ToList();
        var faults = SettledFaults(settled);
        var inTheWay = new InTheWay(services, graph);
        steps.ForEach(node => inTheWay.AddTo(faults, node.Step!));
        return faults;
    }

    /// <summary>Looks for faults of steps that came to be defined while running. Where plain tasks may make sources, those are looked at when their turn comes.</summary>
    public List<Fault> CheckAdded(IReadOnlyList<StepInstance> added, bool hasPlainTasks)
    {
        var faults = hasPlainTasks ? [] : SettledFaults([.. added]);
        var inTheWay = new InTheWay(services, null);
        foreach (var step in added)
        {
            inTheWay.AddTo(faults, step);
        }

        return faults;
    }

    /// <summary>Tells the nodes that are ordered after no plain task.</summary>
    public static Predicate<GraphNode> StepsBeforeAnyPlainTask(WorkflowGraph graph)
    {
        if (!graph.HasPlainTasks)
        {
            return _ => true;
        }

        var after = new bool[graph.Nodes.Count];
        foreach (var node in graph.InOrder())
        {
            after[node.Index] = node.TaskEnd is { IsPlain: true } || node.Producers.Concat(node.Before).Any(before => after[before.Index]);
        }

        return node => !after[node.Index];
    }

    private List<Fault> SettledFaults(List<StepInstance> settled)
    {
        var misplaced = MisplacedSteps(settled);
        // Where a step cannot run, its tools need not be asked for.
        var tools = misplaced.Count > 0 ? [] : DistinctTools(settled);
        var sources = DistinctSources(settled);
        // Tools first: to ask one takes as long as to read many files, and most of it is waiting for the tool.
        var found = Each(tools.Count + sources.Count, i => i < tools.Count ? ToolFault(tools[i].Step, tools[i].Tool) : SourceFault(sources[i - tools.Count]));
        List<Fault> faults = [.. found.Skip(tools.Count).OfType<Fault>(), .. misplaced, .. found.Take(tools.Count).OfType<Fault>()];
        faults.AddRange(settled.Where(step => step.Templates.Count > 0).SelectMany(TemplateFaults).DistinctBy(fault => $"{fault.Where}: {fault.What}", StringComparer.Ordinal));
        return faults;
    }

    /// <summary>Looks at some things in parallel, begun in their order.</summary>
    private static Fault?[] Each(int count, Func<int, Fault?> look)
    {
        var (faults, next) = (new Fault?[count], -1);
        Unwrapped(() => Parallel.For(0, count, Width, _ =>
        {
            var i = Interlocked.Increment(ref next);
            faults[i] = look(i);
        }));
        return faults;
    }

    private Fault? SourceFault(Source source) => IsThere(source) ? null : Missing(source);

    private bool IsThere(Source source) => services.Scanner.Look(source.Path, source.Identity) is { Stat.IsFile: true };

    /// <summary>One for each place and reason: it is the same for every member.</summary>
    private List<Fault> MisplacedSteps(List<StepInstance> steps) =>
        [.. steps.Select(services.Places.FaultOf).OfType<Fault>().DistinctBy(fault => (fault.Where, fault.Try))];

    /// <summary>Most steps share the very object that describes their tool.</summary>
    private List<ToolUse> DistinctTools(List<StepInstance> steps)
    {
        var objects = new HashSet<(StepPlace Place, Tool Tool)>(new SameObjects());
        var uses = new List<ToolUse>();
        foreach (var step in steps)
        {
            for (var i = 0; i < step.Tools.Count; i++)
            {
                if (objects.Add((services.Places.Of(step), step.Tools[i])))
                {
                    uses.Add(new ToolUse(step, step.Tools[i]));
                }
            }
        }

        return [.. uses.DistinctBy(use => string.Join('\n', use.Tool.Candidates.Prepend(use.Tool.Name).Prepend(services.Places.Of(use.Step).Name)), StringComparer.Ordinal)];
    }

    /// <summary>What one file's trouble is, rather than that something in parallel went wrong.</summary>
    private static void Unwrapped(Action look)
    {
        try
        {
            look();
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.Flatten().InnerExceptions[0]);
        }
    }

    private sealed class SameObjects : IEqualityComparer<(StepPlace Place, Tool Tool)>
    {
        public bool Equals((StepPlace Place, Tool Tool) one, (StepPlace Place, Tool Tool) other) => ReferenceEquals(one.Place, other.Place) && ReferenceEquals(one.Tool, other.Tool);

        public int GetHashCode((StepPlace Place, Tool Tool) use) => RuntimeHelpers.GetHashCode(use.Tool);
    }

    private sealed record ToolUse(StepInstance Step, Tool Tool);

    private sealed record Source(StepInstance Step, string Path, ContentIdentity Identity);

    /// <summary>Each file once; most inputs are none.</summary>
    private static List<Source> DistinctSources(List<StepInstance> steps)
    {
        var (paths, sources) = (new HashSet<string>(StringComparer.Ordinal), new List<Source>());
        foreach (var step in steps)
        {
            for (var i = 0; i < step.Inputs.Count; i++)
            {
                if (step.Inputs[i].Source is InputSource.SourceFile file && paths.Add(file.Path))
                {
                    sources.Add(new Source(step, file.Path, step.Inputs[i].Identity));
                }
            }

            for (var i = 0; i < step.Templates.Count; i++)
            {
                if (paths.Add(step.Templates[i].Source.Path))
                {
                    sources.Add(new Source(step, step.Templates[i].Source.Path, ContentIdentity.Bytes));
                }
            }
        }

        return sources;
    }

    private Fault Missing(Source source)
    {
        var (problem, advice) = SourceTrouble.Of(source.Path, services.Disk.Stat(services.Scanner.Absolute(source.Path)));
        return new Fault("SMS1004", FaultKind.Definition, $"step '{source.Step.Id}' needs '{source.Path}', but {problem}", source.Step.DeclaredAt, advice);
    }

    private Fault? ToolFault(StepInstance step, Tool tool) => services.Places.SiteOf(step).Find(tool).Problem is { } problem
        ? new Fault("SMS1014", FaultKind.Usage, $"tool '{tool.Name}', which step '{step.Id}' runs, {problem}", step.DeclaredAt, ToolAdvice(tool, services.Places.Of(step)))
        : null;

    private static string ToolAdvice(Tool tool, StepPlace place) =>
        place.IsHere ? $"install '{tool.Name}', or put it on the PATH" : $"install '{tool.Name}' at '{place.Name}', or name the modules that bring it in sites.yaml";

    private IEnumerable<Fault> TemplateFaults(StepInstance step)
    {
        foreach (var template in step.Templates.Where(template => services.Scanner.Look(template.Source.Path, ContentIdentity.Bytes) is { Stat.IsFile: true }))
        {
            TemplateText.Render(services.Disk.ReadText(services.Scanner.Absolute(template.Source.Path)), template.Values, out var problem);
            if (problem is not null)
            {
                yield return new Fault(
                    "SMS1010", FaultKind.Definition, $"template '{template.Source.Path}' {problem}", step.DeclaredAt,
                    "give every placeholder a value and use every value");
            }
        }
    }
}
