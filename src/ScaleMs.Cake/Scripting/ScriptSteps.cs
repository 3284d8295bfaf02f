using Cake.Core;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>The step tasks of a script. Aliases get only Cake's context; they find this in its data, where the engine has put it.</summary>
/// <param name="engine">The engine of this run.</param>
internal sealed class ScriptSteps(ScaleMsEngine engine)
{
    private ScaleMsContext? _context;
    private StepCollector? _all;

    /// <summary>The steps of the script that a context belongs to.</summary>
    /// <param name="cake">The context of the script.</param>
    /// <param name="what">What needs the engine, for the message when it is missing.</param>
    /// <exception cref="CakeException">Cake's own engine runs.</exception>
    public static ScriptSteps Of(ICakeContext cake, string what)
    {
        ArgumentNullException.ThrowIfNull(cake);
        try
        {
            return cake.Data.Get<ScriptSteps>();
        }
        catch (InvalidOperationException)
        {
            // Cake's data can only be asked for, and this is its answer when there is none.
            throw MissingEngine.For(what);
        }
    }

    /// <summary>The context of the script's steps: parameters, and files below the script's folder, which is the workspace.</summary>
    public ScaleMsContext ContextOf(ICakeContext cake) => _context ??= new ScaleMsContext(cake, home: string.Empty);

    /// <summary>Registers a task.</summary>
    public ScriptTask Add(ICakeContext cake, string name, SourceLocation where)
    {
        if (engine.Knows(name))
        {
            throw new CakeException($"{where}: there are two tasks called '{name}': give one another name.");
        }

        var context = ContextOf(cake);
        _all ??= new StepCollector(context.Workspace);
        var said = _all.Part();
        var task = new ScriptTask(engine.RegisterTask(name), said, context);
        said.Script = task;
        task.Cake.Does(task.RunAsync);
        return task;
    }
}
