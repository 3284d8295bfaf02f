namespace ScaleMs;

/// <summary>One use of a recipe: where it is, and what is said otherwise. It lasts until the recipe has declared all its steps, which may be while running.</summary>
/// <param name="outer">The use of the recipe that uses this one; null for none.</param>
/// <param name="prefix">What the names of the steps begin with.</param>
/// <param name="usedAt">The line of the study that its author can change: where the outermost recipe is used.</param>
/// <param name="recipe">The recipe's class.</param>
/// <param name="overrides">What is said otherwise.</param>
internal sealed class RecipeUse(RecipeUse? outer, string prefix, string usedAt, Type recipe, IReadOnlyList<StepOverride> overrides)
{
    private readonly SortedSet<string>? _names = overrides.Count == 0 ? null : new(StringComparer.Ordinal);
    private int _open = 1;

    public string UsedAt => usedAt;

    /// <summary>The recipe as messages call it.</summary>
    public string Recipe => Packages.Recipe(recipe);

    /// <summary>Whether this one or one around it says something otherwise.</summary>
    private bool Changes => overrides.Count > 0 || outer is { Changes: true };

    private RecipeUse? Outer => outer;

    /// <summary>The recipe goes on to declare steps when something is known.</summary>
    public void GoesOn()
    {
        for (var use = this; use is not null; use = use.Outer)
        {
            use._open++;
        }
    }

    /// <summary>The recipe has returned: what it declared is changed. Those around it have not returned yet.</summary>
    public void Returned(StepCollector collector, int from)
    {
        Change(collector, from);
        Settle(collector);
    }

    /// <summary>A part that was declared later is complete; it belongs to all around it as well.</summary>
    public void WentOn(StepCollector collector)
    {
        for (var use = this; use is { Changes: true }; use = use.Outer)
        {
            use.Change(collector, 0);
            use.Settle(collector);
        }
    }

    private void Change(StepCollector collector, int from)
    {
        for (var i = from; _names is not null && i < collector.Count; i++)
        {
            if (collector[i].Id.Step is var step && step.StartsWith(prefix, StringComparison.Ordinal))
            {
                Change(collector, collector[i], step[prefix.Length..]);
            }
        }
    }

    private void Change(StepCollector collector, Step step, string name)
    {
        _names!.Add(name);
        foreach (var change in overrides.Where(change => change.Step == name))
        {
            try
            {
                step.Change(change);
            }
            catch (Exception exception)
            {
                // Whatever the author's code throws is a fault of the definition.
                collector.Report(RecipeFaults.OverrideThrew(step.Id, change, Recipe, exception));
            }
        }
    }

    /// <summary>When all steps are known, a change that met none is a mistake.</summary>
    private void Settle(StepCollector collector)
    {
        if (--_open > 0 || _names is null)
        {
            return;
        }

        foreach (var change in overrides.Where(change => !_names.Contains(change.Step)))
        {
            collector.Report(RecipeFaults.NoSuchStep(change, Recipe, _names));
        }
    }
}
