using Cake.Frosting;
using ScaleMs;

namespace Starter_Study;

/// <summary>Reads what the other task's steps made: the handles are the dependency.</summary>
[TaskName("report"), TaskDescription("Lists the longest texts in results/report.txt")]
public sealed class ReportTask(CountTask count) : StepTask<StudyContext>
{
    public override void Define(StepBuilder steps, StudyContext context)
    {
        var report = steps.Step("report");
        foreach (var (text, counted) in count.Counts)
        {
            report.Input($"{StudyContext.NameOf(text)}.count", counted.File("count.txt"));
        }

        report.Tool("sort").Tool("head")
            .Run("sort", ["-rn", .. count.Counts.Select(member => $"{StudyContext.NameOf(member.Item)}.count")]).OutputTo("sorted.txt")
            .Run("head", "-n", $"{context.Longest}", "sorted.txt").OutputTo("report.txt")
            .Output("report.txt", publish: "results/report.txt");
    }
}
