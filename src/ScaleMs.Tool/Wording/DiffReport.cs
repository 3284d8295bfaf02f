namespace ScaleMs.Tool.Wording;

/// <summary>The steps in which two runs differ, as it is printed for machines.</summary>
internal sealed record DiffReport(string Before, string Now, IReadOnlyList<DiffReport.Step> Steps)
{
    /// <summary>A step that differs.</summary>
    internal sealed record Step(string Id, IReadOnlyList<string> Differences);
}
