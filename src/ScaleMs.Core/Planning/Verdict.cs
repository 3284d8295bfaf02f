namespace ScaleMs.Core.Planning;

/// <summary>What is to be done with an instance, and why.</summary>
public abstract record Verdict
{
    private Verdict(Reason reason) => Reason = reason;

    /// <summary>Why.</summary>
    public Reason Reason { get; }

    /// <summary>Nothing: the recorded state is the wanted one.</summary>
    /// <param name="Because">Why.</param>
    public sealed record UpToDate(Reason Because) : Verdict(Because);

    /// <summary>Take a recorded result: nothing is executed, bytes come from the store.</summary>
    /// <param name="Because">Why.</param>
    public sealed record Restore(Reason Because) : Verdict(Because);

    /// <summary>Run it.</summary>
    /// <param name="Because">Why.</param>
    public sealed record Execute(Reason Because) : Verdict(Because);
}

/// <summary>Why a verdict is what it is.</summary>
/// <param name="Code">A stable word for machines, such as <c>key-changed</c>.</param>
/// <param name="Text">A phrase for people, by value where one is known.</param>
public sealed record Reason(string Code, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
