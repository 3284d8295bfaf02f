namespace ScaleMs;

/// <content>Many inputs at once.</content>
public sealed partial class Step
{
    /// <summary>Declares inputs made by other steps, in order.</summary>
    /// <param name="name">The path under which this step finds one of them, given its number from 1.</param>
    /// <param name="artifacts">The handles.</param>
    /// <returns>This step.</returns>
    public Step Inputs(Func<int, string> name, IEnumerable<Artifact> artifacts)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(artifacts);
        var number = 0;
        foreach (var artifact in artifacts)
        {
            Input(name(++number), artifact);
        }

        return this;
    }
}
