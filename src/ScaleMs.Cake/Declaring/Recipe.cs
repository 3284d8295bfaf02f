namespace ScaleMs;

/// <summary>A reusable group of steps: adds steps under the name it is used by and returns typed handles to their outputs.</summary>
/// <typeparam name="THandles">The handles.</typeparam>
/// <remarks>A recipe is a plain object with its options; it may be used twice in one workflow and keeps no state between uses.</remarks>
public abstract class Recipe<THandles>
{
    /// <summary>Adds the steps.</summary>
    /// <param name="steps">The builder, already inside the recipe's name and the member of an expansion.</param>
    /// <returns>The handles.</returns>
    public abstract THandles Define(StepBuilder steps);
}
