using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.Scripting;

namespace Cake.Frosting.Internal;

/// <summary>Tells the engine about the tasks and lifetimes of a build, then lets a script host run the targets.</summary>
internal sealed class FrostingRunner(
    ICakeEngine engine, IFrostingContext context, ICakeLog log, IEnumerable<IFrostingTask> tasks, Lifetimes lifetimes)
{
    public void Run(IScriptHost host, IEnumerable<string> targets)
    {
        foreach (var task in tasks) Register(task);
        lifetimes.Register(engine, context, log);
        host.RunTargets(targets);
    }

    private void Register(IFrostingTask task)
    {
        var declaration = new TaskDeclaration(task.GetType());
        log.Debug("Registering task: {0}", declaration.Name);
        if (!declaration.ContextType.IsInstanceOfType(context))
        {
            log.Warning("Task cannot be used since the context isn't convertible to {0}.", declaration.ContextType.FullName);
            return;
        }

        var builder = engine.RegisterTask(declaration.Name);
        Describe(builder, declaration);
        AddCode(builder, declaration, task);
    }

    private static void Describe(CakeTaskBuilder builder, TaskDeclaration declaration)
    {
        if (!string.IsNullOrWhiteSpace(declaration.Description)) builder.Description(declaration.Description);
        if (declaration.ContinuesOnError) builder.ContinueOnError();
        foreach (var name in declaration.Dependencies) builder.IsDependentOn(name);
        foreach (var name in declaration.Dependees) builder.IsDependeeOf(name);
    }

    // Only what the class overrides: a task without code is reported as delegated, and an empty error handler would swallow the error.
    private void AddCode(CakeTaskBuilder builder, TaskDeclaration declaration, IFrostingTask task)
    {
        // The method itself, not a closure around it: ScaleMs' engine finds the task as the target of this delegate.
        if (declaration.OverridesRun) builder.Does(task.RunAsync);
        if (declaration.OverridesShouldRun) builder.WithCriteria(task.ShouldRun, task.SkippedMessage);
        if (declaration.OverridesOnError) builder.OnError(exception => task.OnError(exception, context));
        if (declaration.OverridesFinally) builder.Finally(() => task.Finally(context));
    }
}
