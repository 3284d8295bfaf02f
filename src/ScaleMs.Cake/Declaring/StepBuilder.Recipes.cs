using System.Runtime.CompilerServices;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Recipes.</content>
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

    private THandles Use<THandles>(string prefix, string name, Recipe<THandles> recipe, Action<RecipeOverrides>? overrides, SourceLocation where)
    {
        var use = new RecipeUse(_use, prefix, where.UsedAt ?? where.ToString(), recipe.GetType(), Of(overrides));
        if (_collector.Packages.ProblemOf(recipe.GetType().Assembly, where) is { } fault)
        {
            _collector.Report(fault);
            throw new ToldException();
        }

        var from = _collector.Count;
        var handles = Define(recipe, name, where, use, new StepBuilder(_collector, _task, prefix, _member, use));
        use.Returned(_collector, from);
        return handles;
    }

    /// <summary>What a recipe throws is told with its package; the task cannot go on without the handles.</summary>
    private THandles Define<THandles>(Recipe<THandles> recipe, string name, SourceLocation where, RecipeUse use, StepBuilder steps)
    {
        try
        {
            return recipe.Define(steps);
        }
        catch (Exception exception) when (exception is not ToldException)
        {
            var thrown = AuthorsPlace.Of(exception);
            _collector.ReportThrown(RecipeFaults.RecipeThrew(_task, name, use.Recipe, exception, thrown.Line > 0 ? thrown with { UsedAt = use.UsedAt } : where));
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
