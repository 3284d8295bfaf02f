using System.Globalization;
using Cake.Frosting;
using ScaleMs;

namespace Words;

/// <summary>Functions with arguments of their own, the second of which takes what the first returns.</summary>
[TaskName("spread"), TaskDescription("Tells how much the lengths of the texts differ")]
public sealed class SpreadTask(CountTask count) : StepTask<WordsContext>
{
    public override void Define(StepBuilder steps, WordsContext context)
    {
        var counts = count.Counts.Select(member => InputFile.Of(member.Handles.File("count.txt"))).ToArray();
        var spread = steps.Step("measure").Call(Lengths.Measure, counts, context.Longest);
        steps.Step("tell").Call(Lengths.Tell, spread, OutputFile.Named("spread.txt", publish: "results/spread.txt"));
    }
}

/// <summary>Functions that steps call, apart from the task: a class that knows nothing of Cake starts faster.</summary>
public static class Lengths
{
    public static Spread Measure(InputFile[] counts, int longest)
    {
        var words = counts.Select(Words).OrderDescending().Take(longest).ToList();
        return new Spread(words.Average(), words.Max() - words.Min());
    }

    public static void Tell(Result<Spread> spread, OutputFile text) =>
        text.WriteText(string.Create(CultureInfo.InvariantCulture, $"{spread.Value.Mean:F1} words on average, a range of {spread.Value.Range}\n"));

    private static int Words(InputFile count) => int.Parse(count.ReadText().Split(' ')[0], CultureInfo.InvariantCulture);
}

/// <summary>What the first function returns.</summary>
public sealed record Spread(double Mean, int Range);
