using Xunit;

namespace ScaleMs.Docs.Tests;

/// <summary>The patterns of docs/ci.md: each job begins with a fresh checkout, and keeps what the page says.</summary>
public sealed class CiPatternTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("scalems-ci-").FullName;
    private int _checkouts;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Job_ThatKeepsStoreAndResults_IsNeededOnlyWhenSourcesChanged()
    {
        var first = Checkout();
        Assert.Equal(4, Plan(first));
        Runs(first, "4 executed");

        var second = Checkout();
        Keep(first, second, ".scalems");
        Keep(first, second, "results");
        Assert.Equal(0, Plan(second));
        Runs(second, "everything up to date, 4 steps");

        var third = Checkout();
        Keep(second, third, ".scalems");
        Keep(second, third, "results");
        File.AppendAllText(Path.Combine(third, "workflows/words/texts/iron.txt"), "one more line\n");
        Assert.Equal(4, Plan(third));
        Runs(third, "2 executed, 2 up to date");
    }

    [Fact]
    public void Job_ThatKeepsTheStoreAlone_ExecutesNothingAndPutsResultsBack()
    {
        var first = Checkout();
        Runs(first, "4 executed");
        var second = Checkout();
        Keep(first, second, ".scalems");

        Runs(second, "nothing executed, 1 restored, 3 up to date");
        Assert.Equal(Results(first), Results(second));
    }

    [Fact]
    public void Jobs_ThatShareACache_ExecuteNothingThatOneOfThemDid()
    {
        var cache = $"--cache={Path.Combine(_root, "cache")}";
        var (first, second) = (Checkout(), Checkout());
        Runs(first, "4 executed", cache);
        Runs(second, "nothing executed, 4 restored", cache);
        Assert.Equal(Results(first), Results(second));
    }

    [Fact]
    public void Summary_InMarkdown_IsWrittenForTheJob()
    {
        var checkout = Checkout();
        Runs(checkout, "4 executed", "--summary=summary.md");
        Assert.StartsWith("## report: done in ", File.ReadAllText(Path.Combine(checkout, "summary.md")), StringComparison.Ordinal);
    }

    private static string Results(string checkout) => File.ReadAllText(Path.Combine(checkout, "results/words.txt"));

    private static int Plan(string checkout) => WordsHost.Run(checkout, "--target=report", "--plan", "--exit-code").Code;

    private static void Runs(string checkout, string told, params string[] arguments)
    {
        var run = WordsHost.Run(checkout, ["--target=report", .. arguments]);
        Assert.True(run.Code == 0, run.Output + run.Errors);
        Assert.Contains(told, run.Output, StringComparison.Ordinal);
    }

    /// <summary>Every file has the time at which it was checked out.</summary>
    private string Checkout()
    {
        var checkout = Path.Combine(_root, $"job-{++_checkouts}");
        Copy(Path.Combine(Repository.Root, "workflows/words/texts"), Path.Combine(checkout, "workflows/words/texts"));
        return checkout;
    }

    /// <summary>As a build server does that packs a folder after one job and unpacks it before the next.</summary>
    private static void Keep(string from, string to, string folder) => Copy(Path.Combine(from, folder), Path.Combine(to, folder));

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            File.SetLastWriteTimeUtc(target, DateTime.UtcNow);
        }
    }
}
