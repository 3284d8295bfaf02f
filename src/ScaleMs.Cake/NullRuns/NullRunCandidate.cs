using System.Diagnostics;
using System.Reflection;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Functions;
using ScaleMs.Engine.Running;
using ScaleMs.Reporting.Terminal;
using ScaleMs.Store;
using ScaleMs.Store.NullRuns;

namespace ScaleMs;

/// <summary>Decides whether a run that found nothing to do may be remembered, and as what.</summary>
/// <remarks>
/// It may when the code that defines the workflow is pure as far as its IL shows, so that nothing but the circumstances, the code itself
/// and the files that were looked at can make the next definition another one.
/// </remarks>
/// <param name="arguments">The command line, as it was given.</param>
/// <param name="code">The code that made the host and defined the workflow.</param>
/// <param name="idle">Code that was named on the way and not called.</param>
/// <param name="disk">The disk.</param>
internal sealed class NullRunCandidate(IReadOnlyList<string> arguments, IEnumerable<MethodBase> code, IEnumerable<MethodBase> idle, IDisk disk)
{
    /// <summary>Whether a run with a few edits may take its part of the definition from there: nobody is to be called who is in the host.</summary>
    public bool KeepsDefinition { get; init; }

    /// <summary>The null run to remember; null when it may not be.</summary>
    /// <param name="report">The run.</param>
    /// <param name="definition">The workflow.</param>
    /// <param name="filesRead">Further files that the definition and the sites were read from, absolute.</param>
    public NullRun? Of(RunReport report, WorkflowDefinition definition, IEnumerable<string> filesRead)
    {
        try
        {
            return report.Looks is { } looks && LooksAt(ProgramFiles.All().Concat(filesRead)) is { } own && Pure(definition.Steps.Concat(report.Plan.Select(planned => planned.Step)), own) is { } pureCode
                ? Remembered(report, definition, pureCode, own.Concat(looks))
                : null;
        }
        catch (Exception)
        {
            // The run is done and right; what cannot be told of its code or files only costs the next run the shortcut.
            return null;
        }
    }

    private NullRun Remembered(RunReport report, WorkflowDefinition definition, Digest pureCode, IEnumerable<Look> looks)
    {
        var tasks = PlanReport.UpToDate(report.Plan, report.Summary.Counts.UpToDate);
        return new NullRun
        {
            Circumstances = NullRunShortcut.CircumstancesOf(arguments),
            PureCode = pureCode,
            Target = report.Summary.Target,
            Steps = report.Summary.Counts.UpToDate,
            Tasks = SavedSeconds.Of(report.Summary).In(tasks),
            SavedSeconds = report.Summary.SavedSeconds,
            Definition = KeepsDefinition && tasks.Count > 0 ? definition : null,
            Looks = looks,
        };
    }

    /// <summary>The digest of the code, when it is pure: reading its IL takes longer than the run, and is spared where it was done before.</summary>
    private Digest? Pure(IEnumerable<StepInstance> steps, List<Look> files)
    {
        var functions = steps.Select(step => step.Operation).OfType<Operation.Function>().DistinctBy(function => function.Signature).Select(FunctionOperation.Find);
        IReadOnlyList<MethodBase> called = [.. code], passedOn = [.. functions, .. idle];
        var digest = CodeDigest.Of(called, passedOn, files);
        var isKnown = NullRunMemory.IsKnownPure(System.Environment.CurrentDirectory, OpenOptions.DefaultDirectoryName, digest);
        return isKnown || PureCode.Impurities(called, passedOn).Count == 0 ? digest : null;
    }

    /// <summary>The files as they are; null when one may have changed after this process read it.</summary>
    private List<Look>? LooksAt(IEnumerable<string> files)
    {
        using var process = Process.GetCurrentProcess();
        var started = (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var looks = files.Select(file => new Look(file, true, disk.Stat(file), default) { IsOfAll = true }).ToList();
        return looks.TrueForAll(look => look.Found is not { } found || Math.Max(found.ModifiedNs, found.ChangedNs) < started) ? looks : null;
    }
}
