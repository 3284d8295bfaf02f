using Cake.Core;
using Cake.Core.Diagnostics;
using ScaleMs.Core.Events;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Running;
using ScaleMs.Launchers.Native;
using ScaleMs.Launchers.Sites;
using ScaleMs.Store;
using ScaleMs.Store.Definitions;
using ScaleMs.Store.NullRuns;

namespace ScaleMs;

/// <summary>Runs what a few edits reach, with the definition that a null run left: neither is Cake started, nor the workflow defined, nor is what the edits do not reach looked at again.</summary>
/// <remarks>Whatever is out of the ordinary is left to a run in full, which does and tells everything.</remarks>
/// <param name="arguments">The command line, as it was given.</param>
/// <param name="part">What the edits reach.</param>
internal sealed class AffectedRun(IReadOnlyList<string> arguments, AffectedPart part)
{
    /// <summary>The options that mean the same for a part as for the whole.</summary>
    private static readonly string[] Ordinary = ["target", "jobs", "set", "keep-going", "progress", "no-color", "memory", "gpus", "tokens", "cache", "read-only-cache"];
    private readonly string _workspace = System.Environment.CurrentDirectory;

    /// <summary>Makes the run.</summary>
    /// <returns>The exit code; null when the run is to be made in full.</returns>
    public int? TryTake()
    {
        if (Options() is not { } options || Sites(options) is not { } sites)
        {
            return null;
        }

        OwnCommand.RememberFolder();
        try
        {
            return RunAsync(options, sites).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (IsForTheWhole(exception))
        {
            return null;
        }
        catch (RunFailedException failed)
        {
            TellAsCakeDoes(failed);
            return failed.ExitCode;
        }
    }

    private static void TellAsCakeDoes(RunFailedException failed) =>
        new CakeBuildLog(new CakeConsole(new CakeEnvironment(new CakePlatform(), new CakeRuntime()))).Error("Error: {0}", failed.Message);

    private RunOptions? Options()
    {
        var (normal, faults) = CommandLine.Check(arguments);
        var given = new GivenArguments(normal);
        var options = faults.Count == 0 && !Detached.IsThis() && given.Names.All(Ordinary.Contains) ? RunOptions.Read(given, faults) : null;
        return faults.Count == 0 ? options : null;
    }

    private SiteProfiles? Sites(RunOptions options)
    {
        var faults = new List<Fault>();
        var sites = options.Places.Sites(_workspace, faults);
        return faults.Count == 0 && options.Places.Launcher == Engine.Places.Place.Here && !SiteEnvironment.IsChangedBy(sites.Local) ? sites : null;
    }

    private async Task<int> RunAsync(RunOptions options, SiteProfiles sites)
    {
        var hosted = new HostedRun(options, sites, _workspace) { Declared = part.Definition.Steps, OnOpened = RequireAsLeft };
        await using var ended = hosted.ConfigureAwait(false);
        using var control = hosted.Control;
        try
        {
            var report = await RunAsync(hosted, options.Request(part.Run.Target, _workspace, part.Definition)).ConfigureAwait(false);
            if (report.ExitCode != ExitCodes.Done)
            {
                throw new RunFailedException(report.ExitCode, EndMessage.Of(report.Summary));
            }

            if (IsWhole(report.Summary))
            {
                hosted.Store!.Amend(part, Next(report.Summary, hosted.Store.State), report.Sources);
            }

            control.End(ExitCodes.Done);
            return ExitCodes.Done;
        }
        catch (RunFailedException failed)
        {
            control.End(failed.ExitCode);
            throw;
        }
    }

    private static async Task<RunReport> RunAsync(HostedRun hosted, RunRequest request)
    {
        try
        {
            return await hosted.RunAsync(request).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsForTheWhole(exception) && hosted.WasInterrupted)
        {
            // Whoever told this run to end does not want another one.
            throw new RunFailedException(ExitCodes.Interrupted, EndMessage.OfInterrupted(request.Target));
        }
    }

    private static bool IsForTheWhole(Exception exception) => exception is WholeRunNeededException or FaultException or StoreException or StoreInUseException;

    /// <summary>What is settled is told by the records that the null run left: another run since then may have made others.</summary>
    private void RequireAsLeft(FileStore store)
    {
        if (!store.IsAsLeft(part))
        {
            throw new WholeRunNeededException("another run came between");
        }
    }

    private bool IsWhole(RunSummary summary) =>
        summary.Counts.UpToDate + summary.Counts.Executed + summary.Counts.Restored == part.Run.Steps && summary.Steps.All(step => step.ImportedFrom is null);

    /// <summary>The run that finds nothing to do after this one.</summary>
    private NullRun Next(RunSummary summary, StoreState state)
    {
        var tasks = SavedSeconds.Of(summary, state).In(part.Run.Tasks);
        return part.Run with { Tasks = tasks, SavedSeconds = tasks.Sum(task => task.SavedSeconds) };
    }
}
