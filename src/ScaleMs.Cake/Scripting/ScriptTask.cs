using Cake.Core;

namespace ScaleMs;

/// <summary>A step task of a <c>.cake</c> script: its definition hands over what the script has said by then.</summary>
/// <param name="cake">The Cake task, for dependencies, criteria and description.</param>
/// <param name="said">Gathers what the script says.</param>
/// <param name="context">The script's context.</param>
internal sealed class ScriptTask(CakeTaskBuilder cake, StepCollector said, ScaleMsContext context) : IStepTask, IBoundTask
{
    /// <summary>The Cake task.</summary>
    public CakeTaskBuilder Cake => cake;

    /// <summary>Takes the steps.</summary>
    public StepBuilder Steps => new(said, cake.Task.Name);

    /// <inheritdoc/>
    public ScaleMsContext Context => context;

    /// <inheritdoc/>
    public IStepTask Step => this;

    /// <inheritdoc/>
    public IEnumerable<string> Producers => said.Producers.Where(task => !string.Equals(task, cake.Task.Name, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public void Define(StepBuilder steps, ScaleMsContext context) => steps.Take(said);

    /// <summary>The action of the Cake task; the engine defines the steps instead.</summary>
    public Task RunAsync(ICakeContext _) => throw MissingEngine.For($"Task '{cake.Task.Name}'");
}
