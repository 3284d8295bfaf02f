using System.Diagnostics;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace ScaleMs;

/// <summary>Runs plain Cake tasks as Cake's own engine does: criteria, setup, error reporter and handler, finally, teardown, report.</summary>
internal sealed class PlainTasks(ICakeContext context, IExecutionStrategy strategy, ScaleMsEngine engine, CakeReport report, IReadOnlyCollection<string> targets)
{
    /// <summary>Why the last task failed; null when none did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The first of a task's criteria that says no; null when it is to run.</summary>
    public CakeTaskCriteria? SkippedBy(CakeTask task)
    {
        foreach (var criteria in task.Criterias)
        {
            if (!criteria.Predicate(context))
            {
                criteria.CausedSkippingOfTask = true;
                if (targets.Contains(task.Name, StringComparer.OrdinalIgnoreCase))
                {
                    engine.Log.Warning("The target '{0}' was skipped by its criteria.", task.Name);
                }

                return criteria;
            }
        }

        return null;
    }

    /// <summary>Tells Cake that a task is skipped.</summary>
    public void Skip(CakeTask task, CakeTaskCriteria criteria)
    {
        PerformSetup(task);
        strategy.Skip(task, criteria);
        PerformTeardown(task, TimeSpan.Zero, skipped: true, null);
        report.AddSkipped(task.Name, criteria.Message);
    }

    /// <summary>Runs a task.</summary>
    /// <returns>Whether it succeeded, or its error handler took the error.</returns>
    public async Task<bool> RunAsync(CakeTask task)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            if (SkippedBy(task) is { } criteria)
            {
                Skip(task, criteria);
                return true;
            }

            await ExecuteAsync(task, watch).ConfigureAwait(false);
            report.Add(task.Name, CakeReportEntryCategory.Task, watch.Elapsed);
            return true;
        }
        catch (Exception exception)
        {
            // Whatever a task throws is its failure; the run says so and ends by its own rules.
            Failure = exception;
            engine.Log.Error("Task '{0}' failed: {1}", task.Name, exception.Message);
            engine.Log.Verbose("{0}", exception);
            report.AddFailed(task.Name, watch.Elapsed);
            return false;
        }
    }

    private async Task ExecuteAsync(CakeTask task, Stopwatch watch)
    {
        Exception? thrown = null;
        PerformSetup(task);
        try
        {
            await strategy.ExecuteAsync(task, context).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            thrown = exception;
            if (task.ErrorReporter is not null)
            {
                await strategy.ReportErrorsAsync(task.ErrorReporter, exception).ConfigureAwait(false);
            }

            if (task.ErrorHandler is null)
            {
                throw;
            }

            await strategy.HandleErrorsAsync(task.ErrorHandler, exception, context).ConfigureAwait(false);
        }
        finally
        {
            if (task.FinallyHandler is not null)
            {
                await strategy.InvokeFinallyAsync(task.FinallyHandler, context).ConfigureAwait(false);
            }

            PerformTeardown(task, watch.Elapsed, skipped: false, thrown);
        }
    }

    private void PerformSetup(CakeTask task) => engine.PerformTaskSetup(context, strategy, task);

    private void PerformTeardown(CakeTask task, TimeSpan duration, bool skipped, Exception? thrown) =>
        engine.PerformTaskTeardown(context, strategy, task, duration, skipped, thrown);
}
