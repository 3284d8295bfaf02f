using ScaleMs.Core.Model;

namespace ScaleMs.Core.Faults;

/// <summary>Something wrong with a workflow or a command line, told to its author: what, where, and what to do.</summary>
/// <param name="Code">A stable code, <c>SMS</c> and four digits.</param>
/// <param name="Kind">Whose it is; decides the exit code.</param>
/// <param name="What">What happened, one sentence without a full stop, names in quotes.</param>
/// <param name="Where">Where it was declared.</param>
/// <param name="Try">What to do about it.</param>
public sealed record Fault(string Code, FaultKind Kind, string What, SourceLocation Where, string Try)
{
    /// <summary>The message as it is printed, three lines at most.</summary>
    /// <returns>Text without a line feed at its end.</returns>
    public override string ToString()
    {
        var place = Where.Line > 0 ? $"\n  at   {Where}" : string.Empty;
        return $"error {Code}: {What}{place}\n  try  {Try}";
    }
}

/// <summary>Whose mistake a fault is.</summary>
public enum FaultKind
{
    /// <summary>The command line: an unknown target, option or parameter; exit code 2.</summary>
    Usage,

    /// <summary>The workflow's definition; exit code 3.</summary>
    Definition,
}

/// <summary>Carries all faults found at once.</summary>
/// <param name="faults">At least one fault.</param>
public sealed class FaultException(IReadOnlyList<Fault> faults) : Exception(string.Join("\n", faults))
{
    /// <summary>Carries one fault.</summary>
    /// <param name="fault">The fault.</param>
    public FaultException(Fault fault)
        : this([fault])
    {
    }

    /// <summary>The faults, in the order in which they are printed.</summary>
    public IReadOnlyList<Fault> Faults { get; } = faults;
}
