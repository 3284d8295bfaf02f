using ScaleMs.Core.Model;

namespace ScaleMs.Core.Faults;

/// <content>What steps are called by.</content>
public static partial class Nearest
{
    /// <summary>The names of steps that somebody may have meant with a pattern: ids, tasks, and the patterns of all members of a step.</summary>
    /// <param name="steps">The ids.</param>
    /// <returns>Names, perhaps more than once.</returns>
    public static IEnumerable<string> NamesOf(IEnumerable<StepId> steps)
    {
        foreach (var step in steps)
        {
            yield return step.ToString();
            yield return step.Task;
            if (step.Member.Length > 0)
            {
                yield return (step with { Member = "*" }).ToString();
            }
        }
    }
}
