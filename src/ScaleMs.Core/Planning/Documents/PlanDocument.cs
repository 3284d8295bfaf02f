using ScaleMs.Core.Keys;
using ScaleMs.Core.Planning.Selection;

namespace ScaleMs.Core.Planning.Documents;

/// <summary>A plan that can be reviewed and applied: what is to be done, and everything that it was decided on.</summary>
/// <remarks>The same workflow, files and store give the same document. Its form in JSON is published; the key's encoding is not part of it.</remarks>
public sealed record PlanDocument
{
    /// <summary>The form's name and version.</summary>
    public const string Form = "scalems.plan/1";

    /// <summary>The target.</summary>
    public required string Target { get; init; }

    /// <summary>The workspace's absolute path.</summary>
    public required string Workspace { get; init; }

    /// <summary>The parameters' values, by name.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>Which instances may execute.</summary>
    public required StepSelection Selection { get; init; }

    /// <summary>The source files, in the order of their paths.</summary>
    public required IReadOnlyList<PlanSource> Sources { get; init; }

    /// <summary>The tools, in the order of their names.</summary>
    public required IReadOnlyList<PlanTool> Tools { get; init; }

    /// <summary>Every known instance, producers before consumers.</summary>
    public required IReadOnlyList<PlanEntry> Steps { get; init; }

    /// <summary>Where it is unknown which steps follow, each once, in the order of the graph.</summary>
    public IReadOnlyList<PlanOpening> Open { get; init; } = [];
}

/// <summary>A source file that a plan was decided on.</summary>
/// <param name="Path">The path, as steps name it.</param>
/// <param name="Rule">The identity rule under which it counts, such as <c>bytes/1</c>.</param>
/// <param name="Digest">Its identity.</param>
public sealed record PlanSource(string Path, string Rule, string Digest);

/// <summary>A tool that a plan was decided on.</summary>
/// <param name="Name">The name that commands use.</param>
/// <param name="Fingerprint">The fingerprint's labels and values.</param>
public sealed record PlanTool(string Name, IReadOnlyList<KeyValuePair<string, string>> Fingerprint);

/// <summary>An instance in a plan.</summary>
/// <param name="Id">The instance's id.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Reason">Why.</param>
public sealed record PlanEntry(string Id, PlanKind Kind, Reason Reason)
{
    /// <summary>The action's key; null where it depends on what runs before.</summary>
    public ActionKey? Key { get; init; }

    /// <summary>A digest of what is declared of the instance, without what its files hold.</summary>
    public required string Declaration { get; init; }

    /// <summary>The run that made the result it stands at; null when it never ran.</summary>
    public string? LastRun { get; init; }

    /// <summary>The predicted wall time in seconds; null where it does not run or nothing is known.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether it will run, or may.</summary>
    public bool Runs => Kind is PlanKind.Certain or PlanKind.Possible;
}
