using System.Globalization;
using System.Text.RegularExpressions;
using ScaleMs.Core.Model;

namespace ScaleMs.Recipes.Lammps;

/// <summary>Reads how far a script is from the rows and the echoed commands that <c>lmp -echo both</c> prints.</summary>
/// <remarks>
/// One reader per attempt; not thread-safe. The last <c>run</c> or <c>minimize</c> tells the total, counted from the script's first step. Rows show as the script
/// writes them: <c>thermo_modify flush yes</c> makes it do so at once.
/// </remarks>
public sealed partial class ScriptProgress : IProgressReader
{
    private bool _isInTable;
    private long _step;
    private long _total;
    private (long Step, TimeSpan At)? _first;

    /// <inheritdoc/>
    public Progress? Read(string line, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (Run().Match(line) is { Success: true } run)
        {
            return Begin(Whole(run.Groups["steps"]) + (run.Groups["upto"].Success ? 0 : _step));
        }

        if (Minimize().Match(line) is { Success: true } minimize)
        {
            return Begin(_step + Whole(minimize.Groups["steps"]));
        }

        var isHeader = line.AsSpan().TrimStart().StartsWith("Step ");
        _isInTable = isHeader || (_isInTable && !line.StartsWith("Loop time of", StringComparison.Ordinal));
        return _isInTable && !isHeader && Row().Match(line) is { Success: true } row ? At(Whole(row.Groups["step"]), elapsed) : null;
    }

    private Progress Begin(long total)
    {
        (_total, _first) = (total, null);
        return new Progress(_step, _total, "steps");
    }

    private Progress At(long step, TimeSpan elapsed)
    {
        _step = step;
        _first ??= (step, elapsed);
        var (from, since) = _first.Value;
        var seconds = (elapsed - since).TotalSeconds;
        var rate = seconds > 0 && step > from ? string.Create(CultureInfo.InvariantCulture, $"{(step - from) / seconds:F0} steps/s") : string.Empty;
        return new Progress(step, Math.Max(step, _total), "steps", rate);
    }

    private static long Whole(Group group) => long.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    // Echoed twice where variables stand in it; only the second line holds numbers.
    [GeneratedRegex(@"^\s*run\s+(?<steps>\d+)(?:\s+(?<upto>upto)\b|\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Run();

    [GeneratedRegex(@"^\s*minimize\s+\S+\s+\S+\s+(?<steps>\d+)\s+\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Minimize();

    [GeneratedRegex(@"^\s*(?<step>\d+)(?:\s+[-+.\deEnaif]+)+\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Row();
}
