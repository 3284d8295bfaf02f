using System.Text.RegularExpressions;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>Walks through the sections of an mdrun log and keeps the lines that a repeated run prints again.</summary>
/// <remarks>
/// Sections that count: from "Input Parameters:" to the performance accounting. A continued run repeats the header in the middle of
/// the log; it is left out up to the line that says that mdrun started.
/// </remarks>
internal sealed partial class LogFilter
{
    private bool _counts;

    public bool HasFoundParameters { get; private set; }

    public string? Keep(string line)
    {
        if (line.StartsWith("Input Parameters:", StringComparison.Ordinal))
        {
            HasFoundParameters = _counts = true;
        }
        else if (EndOfPhysics().IsMatch(line))
        {
            _counts = false;
        }
        else if (Started().IsMatch(line))
        {
            _counts = HasFoundParameters;
            return null;
        }

        return _counts && !Passing().IsMatch(line) ? line : null;
    }

    [GeneratedRegex(@"^\s*M E G A - F L O P S|^\s*R E A L   C Y C L E|^Reading checkpoint file|^Restarting from checkpoint", RegexOptions.CultureInvariant)]
    private static partial Regex EndOfPhysics();

    // "Started mdrun on rank 0 Sat Nov 21 ...", "Started Steepest Descents on rank 0 ..."
    [GeneratedRegex(@"^Started .+ on rank \d+ ", RegexOptions.CultureInvariant)]
    private static partial Regex Started();

    // Blank lines too: each checkpoint is written with some around it, and checkpoints follow the clock.
    [GeneratedRegex(
        @"^\s*$|^Writing checkpoint|^Finished .+ on rank \d+ |affinity|^Pinning threads|^Received the \w+ signal|Run time exceeded",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Passing();
}
