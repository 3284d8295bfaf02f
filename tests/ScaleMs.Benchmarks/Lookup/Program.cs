using System.Globalization;
using ScaleMs.Benchmarks.Micro;
using ScaleMs.Store.Database;

namespace ScaleMs.Benchmarks.Lookup;

/// <summary><c>fill FOLDER STEPS</c> records so many steps; <c>find FOLDER NUMBER</c> finds one of them and all parts of its key.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        var number = int.Parse(arguments[2], NumberStyles.None, CultureInfo.InvariantCulture);
        return arguments[0] == "fill" ? Fill(arguments[1], number) : Find(arguments[1], number);
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
}
