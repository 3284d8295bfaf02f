using ScaleMs.Core.Failures;

namespace ScaleMs.Engine.Comparing;

/// <summary>How a filter ended.</summary>
/// <param name="Failure">What went wrong; null for nothing.</param>
/// <param name="LeftNobody">Whether it is certain that no process of it is left.</param>
internal sealed record FilterEnd(Failure? Failure, bool LeftNobody)
{
    /// <summary>There was nothing to go wrong.</summary>
    public static FilterEnd Well { get; } = new(null, true);
}
