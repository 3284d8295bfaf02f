using System.Diagnostics;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace ScaleMs;

/// <summary>Runs plain Cake tasks as Cake's own engine does: criteria, setup, error reporter and handler, finally, teardown, report.</summary>
internal sealed class PlainTasks(TargetRun run, CakeReport report, IEnumerable<string> targets)
{
    private readonly HashSet<string> _targets = new(targets, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether anything is called when a task runs; one that only gathers others changes nothing.</summary>
    public static bool HasWork(CakeTask task) => task.Actions.Count > 0 || task.DelayedActions.Count > 0 || task.Criterias.Count > 0 || task.FinallyHandler is not null;

    public bool IsTarget(CakeTask task) => _targets.Contains(task.Name);

    /// <summary>The first of a task's criteria that says no; null when it is to run.</summary>
    public CakeTaskCriteria? SkippedBy(CakeTask task)
    {
        foreach (var criteria in task.Criterias)
        {
            if (!criteria.Predicate(run.Context))
            {
                criteria.CausedSkippingOfTask = true;
                return criteria;
            }
        }

        return null;
    }

    /// <summary>Tells Cake that a task is skipped.</summary>
    public void Skip(CakeTask task, CakeTaskCriteria criteria)
    {
        run.SetUp(task, skipped: true);
        run.Strategy.Skip(task, criteria);
        run.TearDown(task, TimeSpan.Zero, skipped: true, null);
        report.AddSkipped(task.Name, criteria.Message ?? string.Empty);
    }

    /// <summary>Runs a task that others may run beside. Whatever it throws is its failure, and the run ends by its own rules.</summary>
    /// <returns>Whether it succeeded.</returns>
    public async Task<bool> TryAsync(CakeTask task)
    {
        try
        {
            await RunAsync(task).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
        {
            run.Fail(task, exception);
            return false;
        }
    }

    /// <summary>Runs a task; throws what ends the run.</summary>
    public async Task RunAsync(CakeTask task)
    {
        try
        {
            await ExecuteOrSkipAsync(task).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            run.Server?.Problem(task.Name, exception.Message);
            throw;
        }
    }

    private async Task ExecuteOrSkipAsync(CakeTask task)
    {
        if (SkippedBy(task) is not { } criteria)
        {
            await ExecuteInGroupAsync(task).ConfigureAwait(false);
        }
        else if (IsTarget(task))
        {
            var why = string.IsNullOrWhiteSpace(criteria.Message) ? string.Empty : $": {criteria.Message}";
            throw new CakeException($"Could not reach target '{task.Name}' since it was skipped due to a criteria{why}.");
        }
        else
        {
            Skip(task, criteria);
        }
    }

    private async Task ExecuteInGroupAsync(CakeTask task)
    {
        run.Server?.BeginGroup(task.Name);
        try
        {
            await ExecuteAsync(task).ConfigureAwait(false);
        }
        finally
        {
            if (run.Server is { } server)
            {
                EndGroup(task, server);
            }
        }
    }

    private static void EndGroup(CakeTask task, IBuildServer server)
    {
        // Servers know a mark only at the start of a line. Whether a program that wrote to the console ended its last line, nobody knows.
        if (TaskOutput.Current is { } output)
        {
            output.EndLines();
        }
        else
        {
            Console.Out.WriteLine();
        }

        server.EndGroup(task.Name);
    }

    private async Task ExecuteAsync(CakeTask task)
    {
        var watch = Stopwatch.StartNew();
        run.SetUp(task, skipped: false);
        Exception? thrown = null;
        try
        {
            await run.Strategy.ExecuteAsync(task, run.Context).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            thrown = exception;
            run.Engine.Log.Error("An error occurred when executing task '{0}'.", task.Name);
            await ReportAsync(task, exception).ConfigureAwait(false);
            if (task.ErrorHandler is null)
            {
                throw;
            }

            await HandleAsync(task.ErrorHandler, exception).ConfigureAwait(false);
        }
        finally
        {
            await EndAsync(task, watch, thrown).ConfigureAwait(false);
        }
    }

    private async Task ReportAsync(CakeTask task, Exception exception)
    {
        try
        {
            await (task.ErrorReporter is { } reporter ? run.Strategy.ReportErrorsAsync(reporter, exception) : Task.CompletedTask).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A reporter that fails changes nothing: the task's own error counts.
        }
    }

    private async Task HandleAsync(Func<Exception, ICakeContext, Task> handler, Exception exception)
    {
        try
        {
            await run.Strategy.HandleErrorsAsync(handler, exception, run.Context).ConfigureAwait(false);
        }
        catch (Exception another) when (another != exception)
        {
            // What ends the run is the handler's error, so the task's own is told here.
            run.Engine.Log.Error("Error: {0}", exception.Message);
            throw;
        }
    }

    private async Task EndAsync(CakeTask task, Stopwatch watch, Exception? thrown)
    {
        if (task.FinallyHandler is not null)
        {
            await run.Strategy.InvokeFinallyAsync(task.FinallyHandler, run.Context).ConfigureAwait(false);
        }

        run.TearDown(task, watch.Elapsed, skipped: false, thrown);
        run.Engine.Log.Verbose("Completed in {0}", watch.Elapsed);
        if (task.Actions.Count == 0)
        {
            report.AddDelegated(task.Name, watch.Elapsed);
        }
        else if (thrown is null)
        {
            report.Add(task.Name, CakeReportEntryCategory.Task, watch.Elapsed);
        }
        else
        {
            report.AddFailed(task.Name, watch.Elapsed);
        }
    }
}
