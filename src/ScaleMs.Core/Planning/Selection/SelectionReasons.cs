namespace ScaleMs.Core.Planning.Selection;

/// <summary>The wording of reasons that a selection makes.</summary>
public static class SelectionReasons
{
    /// <summary>It is up to date, or not, and runs all the same.</summary>
    public static Reason Rerun { get; } = new("rerun", "asked for with --rerun");

    /// <summary>It is declared to run in every run that wants it.</summary>
    public static Reason Always { get; } = new("always", "runs always (declared)");

    /// <summary>It may not run.</summary>
    /// <param name="stale">Why it would have run.</param>
    /// <returns>The reason.</returns>
    public static Reason LeftOut(Reason stale) => new("left-out", $"not selected, though not up to date: {stale.Text}");

    /// <summary>It may not run, and its recorded result stands for it.</summary>
    /// <param name="stale">Why it would have run.</param>
    /// <returns>The reason.</returns>
    public static Reason FormerResultStands(Reason stale) => new("skipped", $"skipped, its last result is used: {stale.Text}");

    /// <summary>Something that it needs may not run.</summary>
    /// <param name="upstream">What it needs.</param>
    /// <param name="leftOut">Why that is not to be had.</param>
    /// <returns>The reason.</returns>
    public static Reason Behind(string upstream, Reason leftOut) => new("blocked", $"needs {upstream}, which is {leftOut.Text}");
}
