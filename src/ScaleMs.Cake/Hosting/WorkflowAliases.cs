using System.Reflection;
using Cake.Core;
using Cake.Core.Annotations;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;

namespace ScaleMs;

/// <summary>Aliases for <c>.cake</c> scripts.</summary>
[CakeAliasCategory("ScaleMs")]
public static class WorkflowAliases
{
    /// <summary>Registers the tasks of a workflow with the script: <c>AddWorkflow&lt;MdContext&gt;(Task);</c></summary>
    /// <typeparam name="TContext">The workflow's context; its assembly holds the tasks.</typeparam>
    /// <param name="context">The script's context.</param>
    /// <param name="task">The script's own <c>Task</c> method.</param>
    [CakeMethodAlias]
    public static void AddWorkflow<TContext>(this ICakeContext context, Func<string, CakeTaskBuilder> task)
        where TContext : ScaleMsContext
    {
        ArgumentNullException.ThrowIfNull(task);
        var types = typeof(TContext).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IFrostingTask).IsAssignableFrom(type))
            .ToList();
        var services = new ServiceCollection().AddSingleton(context).AddSingleton<TContext>();
        types.ForEach(type => services.AddSingleton(type));
        var provider = services.BuildServiceProvider();
        var workflow = provider.GetRequiredService<TContext>();
        foreach (var type in types)
        {
            Register(Named(task, type), (IFrostingTask)provider.GetRequiredService(type), workflow);
        }
    }

    private static CakeTaskBuilder Named(Func<string, CakeTaskBuilder> task, Type type)
    {
        try
        {
            return task(TaskNames.Of(type));
        }
        catch (CakeException exception)
        {
            throw new CakeException($"Task '{TaskNames.Of(type)}' of '{type.FullName}' ({Packages.Of(type)}) cannot be added: {exception.Message}", exception);
        }
    }

    private static void Register(CakeTaskBuilder builder, IFrostingTask task, ScaleMsContext workflow)
    {
        var type = task.GetType();
        builder.Does(new BoundTask(task, workflow).RunAsync);
        if (type.GetCustomAttribute<TaskDescriptionAttribute>() is { } description)
        {
            builder.Description(description.Description);
        }

        if (type.GetMethod(nameof(IFrostingTask.ShouldRun), [workflow.GetType()]) is { } shouldRun && shouldRun.GetBaseDefinition().DeclaringType != shouldRun.DeclaringType)
        {
            builder.WithCriteria(_ => task.ShouldRun(workflow), task.SkippedMessage);
        }

        foreach (var dependency in type.GetCustomAttributes<IsDependentOnAttribute>())
        {
            builder.IsDependentOn(TaskNames.Of(dependency.Task));
        }

        foreach (var dependee in type.GetCustomAttributes<IsDependeeOfAttribute>())
        {
            builder.IsDependeeOf(TaskNames.Of(dependee.Task));
        }

        if (type.GetCustomAttribute<ContinueOnErrorAttribute>() is not null)
        {
            builder.ContinueOnError();
        }
    }
}
