using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Engine.Functions;

namespace ScaleMs;

/// <summary>Gathers the steps and faults of all tasks of one definition.</summary>
internal sealed class StepCollector(string workspace) : IDisposable
{
    private readonly Lazy<IlDigester> _code = new(() => new IlDigester());
    private readonly List<Step> _steps = [];
    private readonly List<Fault> _faults = [];

    public string Workspace { get; } = workspace;

    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>Digests the code of function steps; reads each assembly once for all of them.</summary>
    public IlDigester Code => _code.Value;

    public void Dispose()
    {
        if (_code.IsValueCreated)
        {
            _code.Value.Dispose();
        }
    }

    public Step Add(Step step)
    {
        _steps.Add(step);
        return step;
    }

    public void Report(Fault fault) => _faults.Add(fault);

    public IReadOnlyList<StepInstance> Build() => _steps.Select(step => step.Build()).ToList();

    public void CheckName(string name, string kind, SourceLocation where)
    {
        if (string.IsNullOrEmpty(name) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+'))
        {
            Report(new Fault(
                "SMS1011", FaultKind.Definition, $"'{name}' cannot be the name of a {kind}", where,
                "use ASCII letters, digits, '-', '_', '.' and '+'"));
        }
    }

    public ArtifactPath Path(string text, StepId step, SourceLocation where)
    {
        if (ArtifactPath.TryParse(text, out var path, out var problem))
        {
            return path;
        }

        Report(new Fault(
            "SMS1003", FaultKind.Definition, $"the path '{text}' of step '{step}' {problem}", where,
            "use a relative path with '/' that stays inside, such as 'results/run.gro'"));
        // A name of its own, so that one bad path does not look like two uses of a name.
        return ArtifactPath.Parse($"invalid-{_faults.Count}");
    }
}
