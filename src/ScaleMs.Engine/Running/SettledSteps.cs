using System.Collections;
using ScaleMs.Core.Events;

namespace ScaleMs.Engine.Running;

/// <summary>What became of the instances, in the order of settling. Each is told when somebody asks: tens of thousands wait for the end of a run.</summary>
/// <param name="settled">Instances whose outcome is known.</param>
/// <param name="launcherOf">The launcher that an instance runs by.</param>
internal sealed class SettledSteps(IReadOnlyList<Work> settled, Func<Work, string> launcherOf) : IReadOnlyList<StepResult>
{
    public int Count => settled.Count;

    public StepResult this[int index] => StepResults.Of(settled[index], launcherOf(settled[index]));

    public IEnumerator<StepResult> GetEnumerator()
    {
        for (var i = 0; i < settled.Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
