using System.Runtime.CompilerServices;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Recipes and their options.</content>
public sealed partial class StepBuilder
{
    /// <summary>Uses a recipe under a name.</summary>
    /// <typeparam name="THandles">The recipe's handles.</typeparam>
    /// <param name="name">The name, put in front of the recipe's steps: <c>prep.solvate</c>.</param>
    /// <param name="recipe">The recipe with its options.</param>
    /// <param name="overrides">Changes single steps of the recipe; null for none.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>Handles to what the recipe makes.</returns>
    public THandles Use<THandles>(
        string name, Recipe<THandles> recipe, Action<RecipeOverrides>? overrides = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        _collector.CheckName(name, "recipe", At(file, line));
        return Use(_prefix + name + ".", name, recipe, overrides, At(file, line));
    }

    /// <summary>Uses a recipe without a name of its own: its steps keep theirs, as <c>analyse/energy</c>. Once per task and member, or names collide.</summary>
    /// <typeparam name="THandles">The recipe's handles.</typeparam>
    /// <param name="recipe">The recipe with its options.</param>
    /// <param name="overrides">Changes single steps of the recipe; null for none.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>Handles to what the recipe makes.</returns>
    public THandles Use<THandles>(Recipe<THandles> recipe, Action<RecipeOverrides>? overrides = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return Use(_prefix, string.Empty, recipe, overrides, At(file, line));
    }

    /// <summary>In a recipe: reports the value of an option that is out of its range; all faults are told at once after the definition is complete.</summary>
    /// <typeparam name="T">The option's type.</typeparam>
    /// <param name="value">The option, as <c>Threads</c>.</param>
    /// <param name="isAllowed">Whether the value is in its range.</param>
    /// <param name="range">What is allowed, such as <c>a whole number from 1</c>.</param>
    /// <param name="option">Filled in by the compiler: the option's name.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public void CheckOption<T>(
        T value, bool isAllowed, string range, [CallerArgumentExpression(nameof(value))] string option = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (!isAllowed)
        {
            var text = value is null ? "null" : value is System.Collections.ICollection { Count: 0 } ? "empty" : $"'{Invariant.Text(value)}'";
            _collector.Report(RecipeFaults.BadOption(_use?.Recipe ?? $"task '{_task}'", option, text, range, At(file, line)));
        }
    }

    private THandles Use<THandles>(string prefix, string name, Recipe<THandles> recipe, Action<RecipeOverrides>? overrides, SourceLocation where)
    {
        var use = new RecipeUse(_use, prefix, where.UsedAt ?? where.ToString(), recipe.GetType(), Of(overrides));
        if (_collector.Packages.ProblemOf(recipe.GetType().Assembly, where) is { } fault)
        {
            _collector.Report(fault);
            throw new ToldException();
        }

        var from = _collector.Count;
        var handles = Define(recipe, name, use, new StepBuilder(_collector, _task, prefix, _member, use));
        use.Returned(_collector, from);
        return handles;
    }

    /// <summary>What a recipe throws is told with its package; the task cannot go on without the handles.</summary>
    private THandles Define<THandles>(Recipe<THandles> recipe, string name, RecipeUse use, StepBuilder steps)
    {
        try
        {
            return recipe.Define(steps);
        }
        catch (Exception exception) when (exception is not ToldException)
        {
            _collector.Report(RecipeFaults.RecipeThrew(_task, name, use.Recipe, exception, AuthorsPlace.Of(exception) with { UsedAt = use.UsedAt }));
            throw new ToldException();
        }
    }

    private static IReadOnlyList<StepOverride> Of(Action<RecipeOverrides>? overrides)
    {
        if (overrides is null)
        {
            return [];
        }

        var changes = new RecipeOverrides();
        overrides(changes);
        return changes.All;
    }
}
