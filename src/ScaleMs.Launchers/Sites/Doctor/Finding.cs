namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>What a check found.</summary>
/// <param name="State">How bad it is.</param>
/// <param name="Place">Which machine of the site; empty where there is only one, or it is about none.</param>
/// <param name="Check">What was looked at, one word.</param>
/// <param name="Message">What was found; no credentials.</param>
/// <param name="Advice">What to do about it; empty where there is nothing to do.</param>
public sealed record Finding(FindingState State, string Place, string Check, string Message, string Advice = "")
{
    /// <summary>Whether it does not keep steps from running.</summary>
    public bool IsGood => State != FindingState.Fail;

    internal static Finding Ok(string place, string check, string message) => new(FindingState.Ok, place, check, message);

    internal static Finding Warn(string place, string check, string message, string advice) => new(FindingState.Warn, place, check, message, advice);

    internal static Finding Fail(string place, string check, string message, string advice) => new(FindingState.Fail, place, check, message, advice);
}
