using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Engine.Functions;

namespace ScaleMs;

/// <summary>Gathers the steps, continuations and faults of all tasks of one definition, or of one part of it that is written later.</summary>
internal sealed partial class StepCollector : IDisposable
{
    private const int Large = 100_000;
    private const int MostKnownTools = 16;
    private readonly Lazy<IlDigester> _code;
    private readonly List<Step> _steps = [];
    private readonly List<Continuation> _continuations = [];
    private readonly List<Fault> _faults = [];
    private readonly KnownPaths _paths = new();
    private readonly KnownWords _words = new();
    private readonly HashSet<string> _undefined = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Tool[]> _tools = [];
    private StepCollector? _whole;
    private bool _isComplete;
    private bool _follows;

    public StepCollector(string workspace)
    {
        Workspace = workspace;
        Packages = new Packages();
        _code = new Lazy<IlDigester>(() => new IlDigester());
    }

    private StepCollector(StepCollector whole)
    {
        Workspace = whole.Workspace;
        _code = whole._code;
        Packages = whole.Packages;
        _whole = whole._whole ?? whole;
    }

    public string Workspace { get; }

    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>The contexts through which tasks look for files, known when all tasks are defined.</summary>
    public IReadOnlyList<ScaleMsContext> Contexts { get; set; } = [];

    /// <summary>The packages of the recipes.</summary>
    public Packages Packages { get; }

    /// <summary>How many steps were declared.</summary>
    public int Count => _steps.Count;

    /// <summary>A step, in the order of declaration.</summary>
    public Step this[int index] => _steps[index];

    /// <summary>Digests the code of function steps; reads each assembly once for all of them.</summary>
    public IlDigester Code => _code.Value;

    /// <summary>Gathers a part that is written later.</summary>
    public StepCollector Part() => new(this);

    public void Dispose()
    {
        // Parts that are to come ask for code too.
        if (_code.IsValueCreated && _whole is null && _continuations.Count == 0)
        {
            _code.Value.Dispose();
        }
    }

    public Step Add(Step step)
    {
        if (_isComplete)
        {
            throw new InvalidOperationException($"step '{step.Id}' comes too late for this builder: inside a continuation, use the builder that it is given");
        }

        _steps.Add(step);
        return step;
    }

    public void Add(Continuation continuation)
    {
        if (_isComplete)
        {
            throw new InvalidOperationException("a continuation comes too late for this builder: inside a continuation, use the builder that it is given");
        }

        _continuations.Add(continuation);
    }

    public void Report(Fault fault) => _faults.Add(fault);

    /// <summary>Lets a task define its steps; whatever its code throws is a fault of the definition, told with all others.</summary>
    /// <remarks>A task that depends on one that could not be defined has no handles of it: what it throws follows from that, and is not told.</remarks>
    public void Define(string task, IEnumerable<string> dependencies, Action define)
    {
        _follows = dependencies.Any(_undefined.Contains);
        if (!Define(task, define, string.Empty, "correct the task's Define; it only describes, and reads through the context") || _follows)
        {
            _undefined.Add(task);
        }
    }

    /// <summary>Lets a task go on with its definition.</summary>
    /// <returns>Whether that came to its end.</returns>
    public bool DefineFurther(string task, Action define) => Define(task, define, " further", "correct the continuation; it only describes, with the builder that it is given");

    /// <summary>Tells what the author's code threw, unless it follows from another fault.</summary>
    public void ReportThrown(Fault fault)
    {
        if (!_follows)
        {
            Report(fault);
        }
    }

    public IReadOnlyList<StepInstance> Build()
    {
        _isComplete = true;
        var steps = new List<StepInstance>(_steps.Count);
        for (var i = 0; i < _steps.Count; i++)
        {
            steps.Add(_steps[i].Build());
            _steps[i] = null!;
        }

        _steps.Clear();
        _paths.Clear();
        if (steps.Count >= Large)
        {
            // What described them is as large as they are, has grown old meanwhile, and nobody needs it any more.
            GC.Collect();
        }

        if (Secret.IsInUse)
        {
            _faults.AddRange(steps.SelectMany(SecretTexts.Of));
        }

        return steps;
    }

    /// <summary>The whole definition; nothing can be added any more.</summary>
    public WorkflowDefinition Complete(IReadOnlyList<WorkflowTask> tasks)
    {
        var (steps, patterns) = (Build(), TakeLooks());
        return new WorkflowDefinition(tasks, steps, _faults) { Continuations = _continuations, Patterns = patterns };
    }

    /// <summary>What a part declared; nothing can be added any more.</summary>
    public Expansion Complete()
    {
        var (steps, patterns) = (Build(), TakeLooks());
        return new Expansion(steps, _continuations, _faults) { Patterns = patterns };
    }

    public void CheckName(string name, string kind, SourceLocation where)
    {
        if (string.IsNullOrEmpty(name) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+'))
        {
            Report(new Fault(
                "SMS1011", FaultKind.Definition, $"'{name}' cannot be the name of a {kind}", where,
                "use ASCII letters, digits, '-', '_', '.' and '+'"));
        }
    }

    /// <summary>A path that was declared before; null when it was not.</summary>
    public ArtifactPath? Known(string text) => _paths.Find(text);

    /// <summary>A program's name as it is.</summary>
    public string Word(string program) => _words.Known(program);

    /// <summary>Arguments as they are, in an array of their own.</summary>
    public string[] Known(string[] arguments)
    {
        var known = new string[arguments.Length];
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = _paths.Find(arguments[i])?.Value ?? _words.Known(arguments[i]);
        }

        return known;
    }

    /// <summary>Tools as they are, in the array of another step that has the same; few steps of a workflow have tools of their own.</summary>
    public Tool[] Known(Tool[] tools)
    {
        if (_tools.Find(known => known.AsSpan().SequenceEqual(tools)) is { } same)
        {
            return same;
        }

        if (_tools.Count < MostKnownTools)
        {
            _tools.Add(tools);
        }

        return tools;
    }

    public ArtifactPath Path(string text, StepId step, SourceLocation where)
    {
        if (_paths.TryGet(text, out var path, out var problem))
        {
            return path;
        }

        Report(new Fault(
            "SMS1003", FaultKind.Definition, $"the path '{text}' of step '{step}' {problem}", where,
            "use a relative path with '/' that stays inside, such as 'results/run.gro'"));
        // A name of its own, so that one bad path does not look like two uses of a name.
        return ArtifactPath.Parse($"invalid-{_faults.Count}");
    }

    private bool Define(string task, Action define, string further, string advice)
    {
        var from = _steps.Count;
        try
        {
            define();
            return true;
        }
        catch (Exception exception)
        {
            // What was just being described is not whole, and that is no fault of its own.
            for (var i = _steps.Count - 1; i >= from; i--)
            {
                if (!_steps[i].IsWhole)
                {
                    _steps.RemoveAt(i);
                }
            }

            if (exception is not ToldException)
            {
                _faults.AddRange(Packages.Behind(exception));
                ReportThrown(RecipeFaults.TaskThrew(task, further, exception, advice));
            }

            return false;
        }
    }

    private List<SourcePattern> TakeLooks()
    {
        var patterns = new List<SourcePattern>();
        foreach (var context in (_whole ?? this).Contexts)
        {
            context.TakeLooks(_faults, patterns);
        }

        return patterns;
    }
}
