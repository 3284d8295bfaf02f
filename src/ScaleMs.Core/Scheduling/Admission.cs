namespace ScaleMs.Core.Scheduling;

/// <summary>A step that may start, with what it holds until it is given back to the <see cref="ReadyQueue"/>.</summary>
public sealed class Admission
{
    internal Admission(ReadyStep step, IReadOnlyList<int> devices)
    {
        (Item, Claim, Devices) = (step.Item, step.Claim, devices);
    }

    /// <summary>The number under which the step was added.</summary>
    public int Item { get; }

    /// <summary>Its graphics processors, numbered from 0, in ascending order; no other admitted step has them.</summary>
    public IReadOnlyList<int> Devices { get; }

    internal Claim Claim { get; }
}
