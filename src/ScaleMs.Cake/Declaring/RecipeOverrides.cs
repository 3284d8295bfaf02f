using System.Runtime.CompilerServices;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>What a workflow says otherwise than a recipe that it uses: changes of single steps.</summary>
/// <remarks>
/// A change gets the step as the recipe declared it. The recipe's own changes of a recipe that it uses come first, then those of who uses it; changes
/// of one step are made in the order in which they are written, and the last word on a thing counts. Nothing takes a declared output away, so handles stay good.
/// </remarks>
public sealed class RecipeOverrides
{
    private readonly List<StepOverride> _all = [];

    internal RecipeOverrides()
    {
    }

    internal IReadOnlyList<StepOverride> All => _all;

    /// <summary>Changes one of the recipe's steps, in all its members.</summary>
    /// <param name="name">The step's name as the recipe calls it, such as <c>solvate</c>; of a recipe that the recipe uses, <c>prep.solvate</c>.</param>
    /// <param name="change">Says what is to be otherwise, as when a step is declared; see also <see cref="Step.RunInstead"/> and <see cref="Step.ChangeOutput"/>.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>These changes.</returns>
    public RecipeOverrides Step(string name, Action<Step> change, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(change);
        _all.Add(new StepOverride(name, change, new SourceLocation(file, line)));
        return this;
    }
}

/// <summary>A change of one step of a recipe.</summary>
/// <param name="Step">The step's name inside the recipe.</param>
/// <param name="Change">Makes the change.</param>
/// <param name="Where">Where it is written.</param>
internal sealed record StepOverride(string Step, Action<Step> Change, SourceLocation Where);
