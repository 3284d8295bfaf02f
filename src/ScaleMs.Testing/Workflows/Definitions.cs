using Cake.Core;
using Cake.Core.Diagnostics;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <summary>Collects what a workflow's tasks declare, as a host does.</summary>
internal static class Definitions
{
    public static WorkflowDefinition Of(IReadOnlyList<(string Task, Action<StepBuilder> Define)> tasks)
    {
        using var collector = new StepCollector(SimulatedHost.Workspace);
        var declared = new List<WorkflowTask>();
        foreach (var (task, define) in tasks)
        {
            var dependencies = declared.Select(before => before.Name).TakeLast(1).ToList();
            collector.Define(task, dependencies, () => define(new StepBuilder(collector, task)));
            declared.Add(new WorkflowTask(task, dependencies, IsPlain: false));
        }

        return collector.Complete(declared);
    }

    public static WorkflowDefinition OfTarget<TContext>(string target, IReadOnlyList<string> parameters, IDisk disk)
        where TContext : ScaleMsContext => OfScript(target, parameters, disk, static (context, task) => context.AddWorkflow<TContext>(task));

    /// <summary>What a script declares, which is given its context and its <c>Task</c> method.</summary>
    public static WorkflowDefinition OfScript(string target, IReadOnlyList<string> parameters, IDisk disk, Action<ICakeContext, Func<string, CakeTaskBuilder>> script)
    {
        var context = new SimulatedCakeContext(parameters, disk);
        var engine = new ScaleMsEngine(context.Data, new NullLog());
        script(context, engine.RegisterTask);
        var graph = new TaskGraph(engine.Tasks.Cast<CakeTask>().ToList());
        var closure = new TaskClosure(graph, [target]);
        using var collector = new StepCollector(SimulatedHost.Workspace);
        var tasks = closure.Order.Select(task => Define(task, closure, collector)).ToList();
        collector.Contexts = closure.Order.Select(StepTaskOf.Context).OfType<ScaleMsContext>().Distinct().ToList();
        var definition = collector.Complete(tasks);
        return definition with { Faults = [.. graph.Faults, .. closure.Faults, .. ScaleMsContext.GivenFaults(collector.Contexts), .. definition.Faults] };
    }

    private static WorkflowTask Define(CakeTask task, TaskClosure closure, StepCollector collector)
    {
        var step = StepTaskOf.Task(task);
        if (step is not null)
        {
            collector.Define(task.Name, closure.DependenciesOf(task), () => step.Define(new StepBuilder(collector, task.Name), StepTaskOf.Context(task)!));
        }

        return new WorkflowTask(task.Name, closure.DependenciesOf(task), IsPlain: step is null && task.Actions.Count > 0);
    }
}
