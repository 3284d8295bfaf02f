using ScaleMs.Core.Explaining;

namespace ScaleMs.Tool.Wording;

/// <summary>An <see cref="Explanation"/> as it is printed for machines.</summary>
internal sealed record WhyReport(string Step, string Verdict, IReadOnlyList<Cause> Because)
{
    public static WhyReport Of(Explanation explanation) => new(explanation.Step.ToString(), explanation.Verdict, explanation.Because);
}
