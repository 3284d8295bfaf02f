using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace ScaleMs;

/// <content>When setup and teardown, of the run and of its tasks, are called; and what becomes of what they throw.</content>
public sealed partial class ScaleMsEngine
{
    /// <summary>Runs something between setup and teardown. What it throws is thrown with the report, for Cake's host to print.</summary>
    internal async Task InLifetimeAsync(TargetRun run, CakeTask target, IReadOnlyList<CakeTask> order, CakeReport report, Func<Task> work)
    {
        Exception? thrown = null;
        try
        {
            PerformSetup(run.Context, run.Strategy, target, order, report);
            await work().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            thrown = exception;
            throw new CakeReportException(report, exception.Message, exception);
        }
        finally
        {
            PerformTeardown(run.Context, run.Strategy, report, thrown);
        }
    }

    internal void PerformTaskSetup(ICakeContext context, IExecutionStrategy strategy, CakeTask task, bool skipped)
    {
        var setup = new TaskSetupContext(context, task);
        Raise(BeforeTaskSetup, new BeforeTaskSetupEventArgs(setup));
        try
        {
            if (_actions.TaskSetup is not null)
            {
                strategy.PerformTaskSetup(_actions.TaskSetup, setup);
            }
        }
        catch (Exception exception)
        {
            // The task does not run, but whatever its setup began is taken down.
            PerformTaskTeardown(context, strategy, task, TimeSpan.Zero, skipped, exception);
            throw;
        }
        finally
        {
            Raise(AfterTaskSetup, new AfterTaskSetupEventArgs(setup));
        }
    }

    internal void PerformTaskTeardown(ICakeContext context, IExecutionStrategy strategy, CakeTask task, TimeSpan duration, bool skipped, Exception? thrown)
    {
        var teardown = new TaskTeardownContext(context, task, duration, skipped, thrown);
        Raise(BeforeTaskTeardown, new BeforeTaskTeardownEventArgs(teardown));
        try
        {
            if (_actions.TaskTeardown is not null)
            {
                strategy.PerformTaskTeardown(_actions.TaskTeardown, teardown);
            }
        }
        catch (Exception exception)
        {
            _log.Error("An error occurred in the custom task teardown action ({0}).", task.Name);
            if (thrown is null)
            {
                throw;
            }

            _log.Error("Task Teardown error ({0}): {1}", task.Name, exception);
        }
        finally
        {
            Raise(AfterTaskTeardown, new AfterTaskTeardownEventArgs(teardown));
        }
    }

    private void PerformSetup(ICakeContext context, IExecutionStrategy strategy, CakeTask target, IReadOnlyList<CakeTask> order, CakeReport report)
    {
        var watch = Stopwatch.StartNew();
        Raise(BeforeSetup, new BeforeSetupEventArgs(context));
        try
        {
            foreach (var action in _actions.Setups)
            {
                strategy.PerformSetup(action, new SetupContext(context, target, order));
            }

            if (_actions.Setups.Count > 0)
            {
                report.Add("Setup", CakeReportEntryCategory.Setup, watch.Elapsed);
            }
        }
        finally
        {
            Raise(AfterSetup, new AfterSetupEventArgs(context));
        }
    }

    private void PerformTeardown(ICakeContext context, IExecutionStrategy strategy, CakeReport report, Exception? thrown)
    {
        var watch = Stopwatch.StartNew();
        var teardown = new TeardownContext(context, thrown);
        Raise(BeforeTeardown, new BeforeTeardownEventArgs(teardown));
        try
        {
            if (_actions.Teardowns.Count > 0)
            {
                var failures = Failures(strategy, teardown);
                report.Add("Teardown", CakeReportEntryCategory.Teardown, watch.Elapsed);
                Tell(failures, thrown);
            }
        }
        finally
        {
            Raise(AfterTeardown, new AfterTeardownEventArgs(teardown));
        }
    }

    /// <summary>Every teardown gets its turn, whatever those before it threw.</summary>
    private List<Exception> Failures(IExecutionStrategy strategy, TeardownContext teardown)
    {
        var failures = new List<Exception>();
        foreach (var action in _actions.Teardowns)
        {
            try
            {
                strategy.PerformTeardown(action, teardown);
            }
            catch (Exception exception)
            {
                failures.Add(exception);
            }
        }

        return failures;
    }

    /// <summary>What the run itself threw is the one to tell; only without it do teardowns end the run with what they throw.</summary>
    private void Tell(List<Exception> failures, Exception? thrown)
    {
        if (failures.Count == 0)
        {
            return;
        }

        _log.Error("An error occurred in a custom teardown action.");
        if (thrown is null && failures.Count > 1)
        {
            throw new AggregateException("Multiple teardown methods threw exceptions.", failures);
        }

        if (thrown is null && _actions.Teardowns.Count == 1)
        {
            ExceptionDispatchInfo.Throw(failures[0]);
        }

        failures.ForEach(failure => _log.Error("Teardown error: {0}", failures.Count == 1 ? failure.ToString() : failure.Message));
        if (thrown is null)
        {
            ExceptionDispatchInfo.Throw(failures[0]);
        }
    }

    /// <summary>Tells all who listen, each on its own: one that throws is told of in the log.</summary>
    private void Raise<TArgs>(EventHandler<TArgs>? listeners, TArgs args)
        where TArgs : EventArgs
    {
        foreach (var listener in Delegate.EnumerateInvocationList(listeners))
        {
            try
            {
                listener(this, args);
            }
            catch (Exception exception)
            {
                _log.Error("An error occurred in the event handler {0}: {1}", listener.Method.Name, exception.Message);
            }
        }
    }
}
