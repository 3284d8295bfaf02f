using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Sites.Doctor;

namespace ScaleMs.Tool.Wording;

/// <summary>What <c>scalems doctor</c> prints.</summary>
internal sealed record DoctorReport(string Site, string Launcher, bool IsGood, IReadOnlyList<DoctorReport.Row> Checks)
{
    public static DoctorReport Of(SiteProfile site, IReadOnlyList<Finding> findings) => new(
        site.Name, site.Launcher, findings.All(finding => finding.IsGood),
        [.. findings.Select(finding => new Row(Word(finding), finding.Place, finding.Check, finding.Message, finding.Advice))]);

    /// <summary>A line each, and one with advice where there is something to do.</summary>
    public static void Write(TextWriter output, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var place = finding.Place.Length == 0 ? string.Empty : finding.Place + ": ";
            output.WriteLine($"{Word(finding),-4}  {finding.Check,-11}  {place}{finding.Message}");
            if (finding.Advice.Length > 0)
            {
                output.WriteLine($"      try          {finding.Advice}");
            }
        }
    }

    private static string Word(Finding finding) => finding.State switch
    {
        FindingState.Ok => "ok",
        FindingState.Warn => "warn",
        _ => "fail",
    };

    /// <summary>A check in JSON.</summary>
    internal sealed record Row(string State, string Place, string Check, string Message, string Advice);
}
