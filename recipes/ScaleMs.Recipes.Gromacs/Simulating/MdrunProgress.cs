using System.Globalization;
using System.Text.RegularExpressions;
using ScaleMs.Core.Model;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>Reads how far <c>mdrun -v</c> is from what it prints.</summary>
/// <remarks>One reader per attempt; not thread-safe. Steps are counted from the start of the run, also when an attempt continues.</remarks>
public sealed partial class MdrunProgress : IProgressReader
{
    private long _total;
    private long _lastStep;
    private double _stepPicoseconds;
    private (long Step, TimeSpan At)? _first;

    /// <inheritdoc/>
    public Progress? Read(string line, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(line);
        return ReadTotal(line) ?? ReadStep(line, elapsed) ?? ReadMinimiserTotal(line) ?? ReadMinimiserStep(line) ?? ReadPerformance(line);
    }

    private Progress? ReadTotal(string line)
    {
        if (Total().Match(line) is not { Success: true } match)
        {
            return null;
        }

        _total = Whole(match.Groups["steps"]);
        _lastStep = match.Groups["first"].Success ? Whole(match.Groups["first"]) : 0;
        _first = null;
        var picoseconds = Real(match.Groups["ps"]);

        // The total is printed with one decimal: below 1 ps it would make the rate wrong by 5 percent and more.
        _stepPicoseconds = _total > 0 && picoseconds >= 1 ? picoseconds / _total : 0;
        return new Progress(_lastStep, _total, "steps");
    }

    private Progress? ReadStep(string line, TimeSpan elapsed)
    {
        if (Step().Match(line) is not { Success: true } match)
        {
            return null;
        }

        _lastStep = Whole(match.Groups["step"]);
        _first ??= (_lastStep, elapsed);
        return new Progress(_lastStep, _total, "steps", Rate(elapsed));
    }

    private string Rate(TimeSpan elapsed)
    {
        var (step, at) = _first!.Value;
        var seconds = (elapsed - at).TotalSeconds;
        return seconds > 0 && _lastStep > step && _stepPicoseconds > 0
            ? PerDay((_lastStep - step) * _stepPicoseconds / 1000 * 86400 / seconds)
            : string.Empty;
    }

    private Progress? ReadMinimiserTotal(string line)
    {
        if (MinimiserTotal().Match(line) is not { Success: true } match)
        {
            return null;
        }

        _total = Whole(match.Groups["steps"]);
        return new Progress(0, _total, "steps");
    }

    private Progress? ReadMinimiserStep(string line) => MinimiserStep().Match(line) is { Success: true } match
        ? new Progress(Whole(match.Groups["step"]), _total, "steps", $"Fmax {match.Groups["force"].Value} kJ/mol/nm")
        : null;

    private Progress? ReadPerformance(string line) => Performance().Match(line) is { Success: true } match
        ? new Progress(_lastStep, _total, "steps", PerDay(Real(match.Groups["rate"])))
        : null;

    private static string PerDay(double nanoseconds) => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:F1} ns/day");

    // mdrun says -1 for a run without end.
    private static long Whole(Group group) =>
        long.TryParse(group.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? Math.Max(value, 0) : 0;

    private static double Real(Group group) =>
        double.TryParse(group.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;

    // "1500 steps,      3.0 ps." and "600 steps,      1.2 ps (continuing from step 160,      0.3 ps)."
    [GeneratedRegex(@"^\s*(?<steps>-?\d+) steps,\s+(?<ps>[\d.]+) ps(?: \(continuing from step (?<first>\d+),|\.)", RegexOptions.CultureInvariant)]
    private static partial Regex Total();

    // "step 0" and "step 400, remaining wall clock time:    10 s" or ", will finish Sat Nov 21 ..."; not "step 0: One or more water ..."
    [GeneratedRegex(@"^step (?<step>\d+)(?:,|\s*$)", RegexOptions.CultureInvariant)]
    private static partial Regex Step();

    // "   Number of steps    =           50"
    [GeneratedRegex(@"^\s*Number of steps\s+=\s+(?<steps>\d+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex MinimiserTotal();

    // "Step=   12, Dmax= 3.1e-02 nm, Epot= -8.61697e+04 Fmax= 4.41127e+04, atom= 592"
    [GeneratedRegex(@"^Step=\s*(?<step>\d+),.*?Fmax=\s*(?<force>[^,\s]+)", RegexOptions.CultureInvariant)]
    private static partial Regex MinimiserStep();

    // "Performance:       41.789        0.574", ns/day and hours/ns
    [GeneratedRegex(@"^Performance:\s+(?<rate>[\d.]+)\s+[\d.]+", RegexOptions.CultureInvariant)]
    private static partial Regex Performance();
}
