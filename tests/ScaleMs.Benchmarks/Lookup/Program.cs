using System.Diagnostics;
using System.Globalization;
using ScaleMs.Benchmarks.Micro;
using ScaleMs.Core.Explaining;
using ScaleMs.Store.Database;

namespace ScaleMs.Benchmarks.Lookup;

/// <summary>
/// <c>fill FOLDER STEPS</c> records so many steps; <c>find FOLDER NUMBER</c> finds one of them and all parts of its key;
/// <c>why FOLDER NUMBER</c> explains one whose source changed against its record.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        var number = int.Parse(arguments[2], NumberStyles.None, CultureInfo.InvariantCulture);
        return arguments[0] switch
        {
            "fill" => Fill(arguments[1], number),
            "why" => Why(arguments[1], number),
            _ => Find(arguments[1], number),
        };
    }

    private static int Fill(string folder, int steps)
    {
        FilledWorkspace.Fill(folder, steps);
        return 0;
    }

    private static int Find(string folder, int number)
    {
        var lookup = new RecordLookup(folder);
        var components = lookup.FindState(SampleSteps.Id(number)) is { } state && lookup.FindResult(state.Key) is { } result ? result.Components.Count : 0;
        Console.WriteLine(components);
        return components > 0 ? 0 : 1;
    }

    /// <summary>Finds the record, the ones before it and the difference, from a cold start; prints the milliseconds.</summary>
    private static int Why(string folder, int number)
    {
        var begun = Stopwatch.GetTimestamp();
        var lookup = new RecordLookup(folder);
        var chain = new RecordChain(step => lookup.ResultsOf(step));
        var step = SampleSteps.Id(number);
        var changed = SampleSteps.Changed(number);
        var last = lookup.FindState(step) is { } state ? lookup.FindResult(state.Key) : null;
        var causes = (last ?? chain.Nearest(step, changed)) is { } before ? chain.Between(before, step, changed) : [];
        var nearest = chain.Nearest(step, changed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(begun).TotalMilliseconds:F0}"));
        Console.WriteLine(causes.Count > 0 ? causes[0].Text : "nothing");
        return causes.Count > 0 && nearest?.Key == last?.Key ? 0 : 1;
    }
}
