namespace ScaleMs.Store.Maintenance;

/// <summary>A blob with what it is worth. In order: what nobody names; then older results; then what steps stand at; the cheapest to make again per byte first, of those the oldest.</summary>
/// <param name="File">The blob.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Use">Who names it; null for nobody.</param>
internal sealed record ValuedBlob(BlobFile File, long Length, BlobUse? Use) : IComparable<ValuedBlob>
{
    public GcKind Kind => Use switch
    {
        null => GcKind.UnnamedBlob,
        { IsCurrent: false } => GcKind.OlderResult,
        _ => GcKind.CurrentResult,
    };

    /// <summary>The recorded seconds of the cheapest action that makes it; a record that tells no time counts as none.</summary>
    public double Seconds => Use?.Cheapest is { } result && double.IsFinite(result.WallSeconds) ? Math.Max(0, result.WallSeconds) : 0;

    /// <summary>What was imported cannot be made again here at a known cost, so it goes last.</summary>
    private double Cost => Use?.Cheapest?.ImportedFrom is null ? Seconds / Math.Max(1, Length) : double.PositiveInfinity;

    private (GcKind Kind, double SecondsPerByte, DateTimeOffset Age) Value => (Kind, Cost, Use?.Newest ?? default);

    public int CompareTo(ValuedBlob? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = Value.CompareTo(other.Value);
        return order != 0 ? order : File.Digest.CompareTo(other.File.Digest);
    }
}
