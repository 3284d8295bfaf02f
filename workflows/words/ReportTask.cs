using System.Globalization;
using Cake.Frosting;
using ScaleMs;

namespace Words;

/// <summary>A C# function that reads what the other steps made: the handles are the dependency.</summary>
[TaskName("report"), TaskDescription("Lists the longest texts")]
public sealed class ReportTask(CountTask count) : StepTask<WordsContext>
{
    public override void Define(StepBuilder steps, WordsContext context)
    {
        var report = steps.Step("report")
            .Call(Write, new ReportOptions(context.Longest, context.Texts))
            .Output("report.txt", publish: "results/words.txt");
        foreach (var (text, counted) in count.Counts)
        {
            report.Input($"{text}.txt", counted.File("count.txt"));
        }
    }

    public static void Write(StepFiles files, ReportOptions options)
    {
        var counts = options.Texts.Select(text => (text, words: Words(files, text)));
        var longest = counts.OrderByDescending(pair => pair.words).Take(options.Longest);
        files.WriteText("report.txt", string.Concat(longest.Select(pair => $"{pair.words} {pair.text}\n")));
    }

    private static int Words(StepFiles files, string text) =>
        int.Parse(files.ReadLines($"{text}.txt").First().Split(' ')[0], CultureInfo.InvariantCulture);
}

/// <summary>The values that the function gets; they are in the step's key, by name.</summary>
public sealed record ReportOptions(int Longest, IReadOnlyList<string> Texts);
