namespace ScaleMs.Core.Planning.Estimates;

/// <summary>How long an instance will probably take, and by what that is told.</summary>
/// <param name="Seconds">Wall time in seconds; null when history knows nothing like it.</param>
/// <param name="Origin">By what it is told.</param>
public sealed record Prediction(double? Seconds, PredictionOrigin Origin)
{
    /// <summary>Nothing is known.</summary>
    public static Prediction Unknown { get; } = new(null, PredictionOrigin.Unknown);
}

/// <summary>By what a time is predicted.</summary>
public enum PredictionOrigin
{
    /// <summary>Nothing is known.</summary>
    Unknown,

    /// <summary>The instance's own last result.</summary>
    Itself,

    /// <summary>The median of other members of the same step.</summary>
    Siblings,

    /// <summary>The median of other steps of its task.</summary>
    Task,
}
