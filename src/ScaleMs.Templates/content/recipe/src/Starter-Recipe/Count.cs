using ScaleMs;

namespace Starter_Recipe;

/// <summary>Counts the words of texts and lists the longest. Steps: <c>count</c> for each text, and <c>list</c>.</summary>
/// <param name="options">What to count.</param>
public sealed class Count(CountOptions options) : Recipe<Counted>
{
    /// <inheritdoc/>
    public override Counted Define(StepBuilder steps)
    {
        if (options.Longest < 1)
        {
            steps.Fault($"a list of {options.Longest} texts was asked for", "set CountOptions.Longest to 1 or more");
        }

        var counts = steps.ForEach("text", options.Texts, NameOf, (member, text) => member.Step("count")
            .Input(NameOf(text), text)
            .Tool("wc")
            .Run("wc", "-w", NameOf(text)).OutputTo("count.txt")
            .Output("count.txt"));
        var list = steps.Step("list").Tool("sort").Tool("head");
        foreach (var (text, counted) in counts)
        {
            list.Input($"{NameOf(text)}.count", counted.File("count.txt"));
        }

        list.Run("sort", ["-rn", .. counts.Select(member => $"{NameOf(member.Item)}.count")]).OutputTo("sorted.txt")
            .Run("head", "-n", $"{options.Longest}", "sorted.txt").OutputTo("list.txt")
            .Output("list.txt", publish: options.PublishTo);
        return new Counted(list.File("list.txt"));
    }

    private static string NameOf(SourceFile text) => Path.GetFileName(text.Path);
}
