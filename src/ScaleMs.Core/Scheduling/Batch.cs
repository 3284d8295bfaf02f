namespace ScaleMs.Core.Scheduling;

/// <summary>Steps that became ready between two starts: none of them is older than the others.</summary>
internal sealed class Batch
{
    /// <summary>How many steps had become ready by its end; null while it is not closed.</summary>
    public long? End { get; set; }
}
