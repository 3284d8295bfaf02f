namespace ScaleMs.Core.Scheduling;

/// <summary>A step that waits in a <see cref="ReadyQueue"/>.</summary>
internal sealed class ReadyStep(int item, double priority, Batch batch, Claim claim)
{
    public int Item => item;

    public Batch Batch => batch;

    public Claim Claim => claim;

    /// <summary>Whether it left the queue; it is taken out of the orders that it is in when it comes up there.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether it goes first: the longer chain hangs on it; among equals the smaller number.</summary>
    public bool RanksBefore(ReadyStep other) => Compare(this, other) < 0;

    public static int Compare(ReadyStep one, ReadyStep other)
    {
        var byPriority = other.Priority.CompareTo(one.Priority);
        return byPriority != 0 ? byPriority : one.Item.CompareTo(other.Item);
    }

    private double Priority => priority;
}
