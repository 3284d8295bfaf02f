namespace ScaleMs.Core.Records;

/// <summary>Names of files beside an attempt, which tell those that come later how far it got.</summary>
public static class AttemptMarks
{
    /// <summary>It ended with a tool's error: what it left may be what made it fail.</summary>
    public const string Failed = "failed";

    /// <summary>It was given to another place, where it may outlive its client; the file tells what it began with.</summary>
    public const string Elsewhere = "staged.json";

    /// <summary>It is over, whatever it left: its client saw that it failed.</summary>
    public const string Ended = "ended";
}
