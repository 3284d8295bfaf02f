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
            define(new StepBuilder(collector, task));
            declared.Add(new WorkflowTask(task, declared.Select(before => before.Name).TakeLast(1).ToList(), IsPlain: false));
        }

        return collector.Complete(declared);
    }

    public static WorkflowDefinition OfTarget<TContext>(string target, IReadOnlyList<string> parameters, IDisk disk)
        where TContext : ScaleMsContext
    {
        var context = new SimulatedCakeContext(parameters, disk);
        var engine = new ScaleMsEngine(context.Data, new NullLog());
        context.AddWorkflow<TContext>(engine.RegisterTask);
        var graph = new TaskGraph(engine.Tasks.Cast<CakeTask>().ToList());
        var closure = new TaskClosure(graph, [target]);
        using var collector = new StepCollector(SimulatedHost.Workspace);
        var tasks = closure.Order.Select(task => Define(task, closure, collector)).ToList();
        collector.Contexts = closure.Order.Select(StepTaskOf.Context).OfType<ScaleMsContext>().Distinct().ToList();
        var definition = collector.Complete(tasks);
        return definition with { Faults = [.. graph.Faults, .. closure.Faults, .. collector.Contexts.SelectMany(workflow => workflow.GivenFaults()), .. definition.Faults] };
    }

    private static WorkflowTask Define(CakeTask task, TaskClosure closure, StepCollector collector)
    {
        var step = StepTaskOf.Task(task);
        step?.Define(new StepBuilder(collector, task.Name), StepTaskOf.Context(task)!);
        return new WorkflowTask(task.Name, closure.DependenciesOf(task), IsPlain: step is null && task.Actions.Count > 0);
    }
}
