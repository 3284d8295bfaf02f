using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Comparing;

/// <summary>A table of numbers that a step made.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="Rule">The tolerance.</param>
/// <param name="Output">The path of the output.</param>
/// <param name="File">Where it is, absolute.</param>
internal sealed record TableFile(IDisk Disk, ToleranceIdentity Rule, ArtifactPath Output, string File)
{
    /// <summary>What people call it.</summary>
    public string Name => Output.FileName;

    /// <summary>What keeps it from being compared, now or later, as the end of a sentence; found before the first number.</summary>
    public string? Problem()
    {
        var reader = new TableReader();
        return Disk.ReadLines(File).Any(line => reader.Take(line) is { HasNumber: true }) ? Rule.ProblemOf(reader.Names) : null;
    }

    /// <summary>The first difference from another table that is not within tolerance; null when there is none.</summary>
    /// <param name="former">Where the other is, absolute.</param>
    public string? DifferenceFrom(string former)
    {
        var comparison = new TableComparison(Rule, Name);
        using var before = Disk.ReadLines(former).GetEnumerator();
        using var now = Disk.ReadLines(File).GetEnumerator();
        while (true)
        {
            var (was, made) = (Next(before, comparison.Former), Next(now, comparison.Made));
            if (comparison.Difference(was, made) is { } difference)
            {
                return difference;
            }

            if (was is null)
            {
                return null;
            }
        }
    }

    private static TableRow? Next(IEnumerator<string> lines, TableReader table)
    {
        while (lines.MoveNext())
        {
            if (table.Take(lines.Current) is { } row)
            {
                return row;
            }
        }

        return null;
    }
}
