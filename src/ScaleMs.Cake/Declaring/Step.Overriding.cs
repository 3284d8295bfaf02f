using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>What is said otherwise of a step that a recipe declared.</content>
public sealed partial class Step
{
    /// <summary>Runs this command instead of all that were declared before, or of the function that was to be called; the declared outputs stay, and are to be made.</summary>
    /// <param name="program">A declared tool's name, or <c>./name</c> for a declared input.</param>
    /// <param name="arguments">The arguments, each as the program will see it; never through a shell.</param>
    /// <returns>This step.</returns>
    public Step RunInstead(string program, params string[] arguments)
    {
        _commands = default;
        _function = null;
        return Run(program, arguments);
    }

    /// <summary>Says otherwise where an output that was declared before is published, and how its bytes are kept. What is not said stays as it was.</summary>
    /// <param name="path">The output's path in the private directory; one that is not declared is a fault.</param>
    /// <param name="publish">Where it is published, relative to the workspace.</param>
    /// <param name="keep">How long the store keeps its bytes.</param>
    /// <param name="store">Where its bytes are kept.</param>
    /// <returns>This step.</returns>
    public Step ChangeOutput(string path, string? publish = null, Keep? keep = null, StoreAs? store = null)
    {
        var outputs = _outputs.ToArray();
        var index = Array.FindIndex(outputs, output => output.Path.Value == path);
        if (index < 0)
        {
            _collector.Report(RecipeFaults.NoSuchOutput(Id, path, [.. outputs.Select(output => output.Path.Value)], _where));
            return this;
        }

        var output = outputs[index];
        _outputs.Replace(index, output with { PublishTo = publish is null ? output.PublishTo : Path(publish), Keep = keep ?? output.Keep, Store = store ?? output.Store });
        return this;
    }

    /// <summary>Makes a change; whatever is wrong with the step from then on is told with its place too.</summary>
    internal void Change(StepOverride change)
    {
        _where = _where with { UsedAt = $"{_where.UsedAt}, overridden at {change.Where}" };
        change.Change(this);
    }
}
