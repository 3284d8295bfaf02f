using ScaleMs.Core.Failures;

namespace ScaleMs.Core.Model;

/// <summary>One member of a step's expansion as it was declared: the unit of planning and scheduling.</summary>
/// <remarks>Immutable. What few declare is kept aside, in <see cref="StepTraits"/>: there may be a million instances. What enters the action key is decided in one place, <see cref="Keys.KeyEncoder"/>.</remarks>
public sealed record StepInstance
{
    private readonly StepTraits _traits = StepTraits.None;

    /// <summary>The stable name.</summary>
    public required StepId Id { get; init; }

    /// <summary>What it does.</summary>
    public required Operation Operation { get; init; }

    /// <summary>The declared inputs, in ordinal order of their names.</summary>
    public IReadOnlyList<Input> Inputs { get; init; } = [];

    /// <summary>The templates, in ordinal order of their names.</summary>
    public IReadOnlyList<Template> Templates
    {
        get => _traits.Templates;
        init => _traits = value.Count == 0 && _traits.Templates.Count == 0 ? _traits : _traits with { Templates = value };
    }

    /// <summary>The declared outputs, in ordinal order of their paths.</summary>
    public IReadOnlyList<Output> Outputs { get; init; } = [];

    /// <summary>The declared environment: its values are in the key.</summary>
    public IReadOnlyDictionary<string, string> Environment
    {
        get => _traits.Environment;
        init => _traits = value.Count == 0 && _traits.Environment.Count == 0 ? _traits : _traits with { Environment = value };
    }

    /// <summary>Names of variables passed through from the caller; not in the key, named in explanations.</summary>
    public IReadOnlyList<string> PassedEnvironment
    {
        get => _traits.PassedEnvironment;
        init => _traits = value.Count == 0 && _traits.PassedEnvironment.Count == 0 ? _traits : _traits with { PassedEnvironment = value };
    }

    /// <summary>Secrets that it is given when it is launched, in ordinal order of their places; their names and versions are in the key.</summary>
    public IReadOnlyList<SecretUse> Secrets
    {
        get => _traits.Secrets;
        init => _traits = value.Count == 0 && _traits.Secrets.Count == 0 ? _traits : _traits with { Secrets = value };
    }

    /// <summary>Parameters that the step declares besides those in its arguments and templates.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters
    {
        get => _traits.Parameters;
        init => _traits = value.Count == 0 && _traits.Parameters.Count == 0 ? _traits : _traits with { Parameters = value };
    }

    /// <summary>The tools, in ordinal order of their names.</summary>
    public IReadOnlyList<Tool> Tools { get; init; } = [];

    /// <summary>The facts of the site that enter the key.</summary>
    public IReadOnlyList<SiteFact> SiteFacts
    {
        get => _traits.SiteFacts;
        init => _traits = value.Count == 0 && _traits.SiteFacts.Count == 0 ? _traits : _traits with { SiteFacts = value };
    }

    /// <summary>When the step counts as done.</summary>
    public SuccessRule Success { get; init; } = SuccessRule.Default;

    /// <summary>Files that seed the next attempt while the inputs are unchanged; empty when the step starts over.</summary>
    public IReadOnlyList<ArtifactPath> Checkpoint
    {
        get => _traits.Checkpoint;
        init => _traits = value.Count == 0 && _traits.Checkpoint.Count == 0 ? _traits : _traits with { Checkpoint = value };
    }

    /// <summary>What it needs while it runs.</summary>
    public Resources Resources { get; init; } = Resources.Default;

    /// <summary>When it may be tried again in the same run.</summary>
    public RetryRules Retries
    {
        get => _traits.Retries;
        init => _traits = ReferenceEquals(value, RetryRules.Default) && ReferenceEquals(_traits.Retries, RetryRules.Default) ? _traits : _traits with { Retries = value };
    }

    /// <summary>The name of the place where it runs; empty for the run's usual one. Not in the key: what a place has is there as tools and facts.</summary>
    public string Launcher
    {
        get => _traits.Launcher;
        init => _traits = value == _traits.Launcher ? _traits : _traits with { Launcher = value };
    }

    /// <summary>Whether equal keys of two members are an error: four unseeded replicas must not silently become one.</summary>
    public bool IsStochastic { get; init; }

    /// <summary>Whether it runs in every run that wants it, whatever its record says; its id is then in the key.</summary>
    public bool IsAlways { get; init; }

    /// <summary>Whether it gets the state that it gave back when it last succeeded; only for one that runs always.</summary>
    public bool KeepsState { get; init; }

    /// <summary>Reads progress out of the step's standard error; null when it tells none.</summary>
    public Func<IProgressReader>? Progress
    {
        get => _traits.Progress;
        init => _traits = value is null && _traits.Progress is null ? _traits : _traits with { Progress = value };
    }

    /// <summary>How records are told apart in the step's log, when it holds any.</summary>
    public LogFraming LogFraming { get; init; }

    /// <summary>The name under which the recipe that declares it is used; empty for none.</summary>
    public string Recipe { get; init; } = string.Empty;

    /// <summary>Where the step was declared.</summary>
    public SourceLocation DeclaredAt { get; init; }

    /// <summary>The source files that it reads, as inputs or to fill templates; one may come twice.</summary>
    /// <returns>Paths relative to the workspace, or absolute.</returns>
    public IEnumerable<string> SourcePaths() => Inputs.Select(input => input.Source).OfType<InputSource.SourceFile>()
        .Concat(Templates.Select(template => template.Source))
        .Select(source => source.Path);
}

/// <summary>Turns lines that a tool prints into progress; one reader per attempt.</summary>
public interface IProgressReader
{
    /// <summary>Looks at one line (split at line feed and carriage return).</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="elapsed">Time since the attempt began.</param>
    /// <returns>The progress, or null when the line tells nothing new.</returns>
    Progress? Read(string line, TimeSpan elapsed);
}

/// <summary>How far a running step is.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; 0 when unknown.</param>
/// <param name="Unit">The unit, such as <c>steps</c>.</param>
/// <param name="Rate">A rate in the tool's own words, such as <c>41.8 ns/day</c>; empty for none.</param>
public sealed record Progress(long Done, long Total, string Unit, string Rate = "");
