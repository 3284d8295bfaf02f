using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>A part of the definition that is written when something is known: the content of an artifact, or what another continuation declared.</summary>
/// <remarks>Compared by reference. It is expanded once at most in a run.</remarks>
public sealed class Continuation
{
    /// <summary>The task that owns it: all steps and continuations that it declares are of this task.</summary>
    public required string Task { get; init; }

    /// <summary>Where in the task it stands: recipe and member; empty for the task itself.</summary>
    public string Place { get; init; } = string.Empty;

    /// <summary>The output whose content it waits for; null when it waits for another continuation.</summary>
    public InputSource.StepOutput? Source { get; init; }

    /// <summary>The continuation that it waits for; null when it waits for content.</summary>
    public Continuation? After { get; init; }

    /// <summary>Goes on with the definition, given the content as text (empty where there is none). It never throws for what an author wrote.</summary>
    public required Func<string, Expansion> Expand { get; init; }

    /// <summary>Where it was declared.</summary>
    public SourceLocation DeclaredAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Source is { } source ? $"what follows {source.Output} of {source.Step}" : $"what follows in {Task}";
}
