using Cake.Core;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>Runs a build on Cake's own engine and on ours.</summary>
internal static class Engines
{
    /// <summary>Runs it on both, which must do the same.</summary>
    /// <returns>What both did.</returns>
    public static Task<Recording> AgreeAsync(Action<Build> define, params string[] targets) => AgreeAsync(define, new Asked(targets));

    /// <summary>Runs it on both, which must do the same.</summary>
    /// <returns>What both did.</returns>
    public static async Task<Recording> AgreeAsync(Action<Build> define, Asked asked)
    {
        var (cake, ours) = await EachAsync(define, asked);
        Assert.True(cake.ToString() == ours.ToString(), Difference(cake.Lines, ours.Lines));
        return ours;
    }

    /// <summary>Runs it on each, where they differ on purpose.</summary>
    public static async Task<(Recording Cake, Recording Ours)> EachAsync(Action<Build> define, Asked asked) => (
        await RunAsync((data, log) => new CakeEngine(data, log), define, asked),
        await RunAsync((data, log) => new ScaleMsEngine(data, log), define, asked));

    /// <summary>Runs it on ours alone.</summary>
    public static Task<Recording> OursAsync(Action<Build> define, Asked asked) => RunAsync((data, log) => new ScaleMsEngine(data, log), define, asked);

    private static string Difference(IReadOnlyList<string> cake, IReadOnlyList<string> ours)
    {
        var same = cake.Zip(ours).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Join('\n', [.. cake.Take(same).Select(line => $"  both  {line}"), .. cake.Skip(same).Select(line => $"  Cake  {line}"), .. ours.Skip(same).Select(line => $"  ours  {line}")]);
    }

    private static async Task<Recording> RunAsync(Func<ICakeDataService, RecordedLog, ICakeEngine> engine, Action<Build> define, Asked asked)
    {
        var workspace = Directory.CreateTempSubdirectory("conformance-").FullName;
        try
        {
            var build = new Build(engine, asked, workspace);
            await build.RunAsync(define);
            build.Recording.Add($"left {string.Join(' ', Directory.EnumerateFileSystemEntries(workspace).Select(Path.GetFileName).Order(StringComparer.Ordinal))}");
            return build.Recording;
        }
        finally
        {
            Directory.Delete(workspace, recursive: true);
        }
    }
}
