using ScaleMs.Core.Events;
using ScaleMs.Core.Records;
using ScaleMs.Reporting.Terminal;
using ScaleMs.Store;
using ScaleMs.Store.NullRuns;

namespace ScaleMs;

/// <summary>Tells a run with nothing to do without loading Cake, defining the workflow or opening the store.</summary>
/// <remarks>It knows no type of Cake: loading those takes longer than looking at ten thousand files.</remarks>
internal static class NullRunShortcut
{
    private const string Rehash = "--rehash";

    /// <summary>Tells the run when everything is as a remembered null run found it.</summary>
    /// <param name="arguments">The command line, as it was given.</param>
    /// <returns>Whether the run is done.</returns>
    public static bool TryTake(IReadOnlyList<string> arguments)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        var known = NullRunMemory.Confirm(
            System.Environment.CurrentDirectory, OpenOptions.DefaultDirectoryName, CircumstancesOf(arguments), IsRehashed(arguments));
        if (known is null)
        {
            return false;
        }

        Tell(known, arguments, TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds);
        return true;
    }

    /// <summary>The circumstances under which a run is remembered: the same whether or not everything is hashed.</summary>
    public static Core.Digests.Digest CircumstancesOf(IReadOnlyList<string> arguments) =>
        Circumstances.Of([.. arguments.Where(argument => argument != Rehash)]);

    /// <summary>Whether everything is to be hashed, as far as the shortcut reads the command line: it knows one spelling, the run all of them.</summary>
    public static bool IsRehashed(IReadOnlyList<string> arguments) => arguments.Contains(Rehash, StringComparer.Ordinal);

    private static void Tell(NullRun run, IReadOnlyList<string> arguments, double seconds)
    {
        var options = ConsoleOptions.For(TerminalFacts.OfProcess(), ProgressKind.None, arguments.Any(argument => argument.TrimStart('-').StartsWith("no-color", StringComparison.OrdinalIgnoreCase)));
        using var output = TerminalFacts.OpenOutput();
        using var reporter = new ConsoleReporter(output, options, TimeProvider.System);
        var counts = new RunCounts(run.Steps, 0, 0, 0, 0, 0, 0);
        reporter.On(new RunEvent.Finished(TimeProvider.System.GetUtcNow(), new RunSummary(string.Empty, run.Target, "done", seconds, counts, []) { SavedSeconds = run.SavedSeconds }));
    }
}
