using System.Runtime.CompilerServices;
using ScaleMs.Core.Events;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Running;
using ScaleMs.Reporting.Terminal;
using ScaleMs.Store;
using ScaleMs.Store.NullRuns;

namespace ScaleMs;

/// <summary>Tells a run with nothing to do without loading Cake, defining the workflow or opening the store.</summary>
/// <remarks>It knows no type of Cake: loading those takes longer than looking at ten thousand files.</remarks>
internal static class NullRunShortcut
{
    private const string Rehash = "--rehash";
    private const string Plan = "--plan";

    /// <summary>Tells the run when everything is as a remembered null run found it, and makes it when a few edits reach little of the workflow.</summary>
    /// <param name="arguments">The command line, as it was given.</param>
    /// <returns>The exit code; null when the run is to be made in full.</returns>
    public static int? TryTake(IReadOnlyList<string> arguments)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        var known = NullRunMemory.Find(
            System.Environment.CurrentDirectory, OpenOptions.DefaultDirectoryName, CircumstancesOf(arguments), IsRehashed(arguments));
        if (known is null || (IsPlanned(arguments) && (known.Run.Tasks.Count == 0 || arguments.Any(IsAboutDetail))))
        {
            return null;
        }

        if (!known.Holds)
        {
            return IsPlanned(arguments) || IsRehashed(arguments) ? null : TakeAffected(arguments, known);
        }

        if (IsPlanned(arguments))
        {
            TellPlan(known.Run);
        }
        else
        {
            Tell(known.Run, arguments, TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds);
        }

        return ExitCodes.Done;
    }

    // A method of its own, so that what it names is loaded only when it is called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int? TakeAffected(IReadOnlyList<string> arguments, RememberedRun known) =>
        known.Affected() is { } part ? new AffectedRun(arguments, part).TryTake() : null;

    /// <summary>The circumstances under which a run is remembered: the same whether or not everything is hashed, and for its plan.</summary>
    public static Core.Digests.Digest CircumstancesOf(IReadOnlyList<string> arguments) =>
        Circumstances.Of([.. arguments.Where(argument => argument is not (Rehash or Plan))]);

    /// <summary>Whether everything is to be hashed, as far as the shortcut reads the command line: it knows one spelling, the run all of them.</summary>
    public static bool IsRehashed(IReadOnlyList<string> arguments) => arguments.Contains(Rehash, StringComparer.Ordinal);

    /// <summary>Whether only the plan is asked for. A run that is remembered is none: the options of a plan that a run refuses are never among those that it had.</summary>
    private static bool IsPlanned(IReadOnlyList<string> arguments) => arguments.Contains(Plan, StringComparer.Ordinal);

    /// <summary>A plan may be asked to name each instance, which nobody remembers.</summary>
    private static bool IsAboutDetail(string argument) => argument.StartsWith("-v", StringComparison.Ordinal) || argument.StartsWith("--v", StringComparison.Ordinal);

    private static void TellPlan(NullRun run)
    {
        using var output = TerminalFacts.OpenOutput();
        foreach (var line in PlanReport.Lines(run.Tasks))
        {
            output.WriteLine(line);
        }
    }

    private static void Tell(NullRun run, IReadOnlyList<string> arguments, double seconds)
    {
        var options = ConsoleOptions.For(TerminalFacts.OfProcess(), ProgressKind.None, arguments.Any(argument => argument.TrimStart('-').StartsWith("no-color", StringComparison.OrdinalIgnoreCase)));
        using var output = TerminalFacts.OpenOutput();
        using var reporter = new ConsoleReporter(output, options, TimeProvider.System);
        var counts = new RunCounts(run.Steps, 0, 0, 0, 0, 0, 0);
        reporter.On(new RunEvent.Finished(TimeProvider.System.GetUtcNow(), new RunSummary(string.Empty, run.Target, "done", seconds, counts, []) { SavedSeconds = run.SavedSeconds }));
    }
}
