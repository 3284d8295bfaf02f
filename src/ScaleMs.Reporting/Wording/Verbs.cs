using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Wording;

/// <summary>Outcomes in the words and colours of the console.</summary>
internal static class Verbs
{
    /// <summary>All outcomes in the order in which they are told: first what happened.</summary>
    public static ReadOnlySpan<Outcome> All =>
        [Outcome.Executed, Outcome.Restored, Outcome.UpToDate, Outcome.Failed, Outcome.Blocked, Outcome.Skipped, Outcome.Cancelled];

    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.UpToDate => "up to date",
        Outcome.Restored => "restored",
        Outcome.Executed => "executed",
        Outcome.Failed => "failed",
        Outcome.Blocked => "blocked",
        Outcome.Skipped => "skipped",
        _ => "cancelled",
    };

    public static Ink InkOf(Outcome outcome) => outcome switch
    {
        Outcome.Executed => Ink.Good,
        Outcome.Failed => Ink.Bad,
        Outcome.Blocked or Outcome.Cancelled => Ink.Notice,
        Outcome.Restored => Ink.Active,
        _ => Ink.Faint,
    };
}
