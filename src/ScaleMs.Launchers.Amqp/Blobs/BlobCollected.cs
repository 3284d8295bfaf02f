namespace ScaleMs.Launchers.Amqp;

/// <summary>What a collection of blobs did.</summary>
/// <param name="Removed">How many were removed.</param>
/// <param name="RemovedBytes">Their bytes.</param>
/// <param name="Kept">How many are left.</param>
/// <param name="KeptBytes">Their bytes.</param>
public sealed record BlobCollected(int Removed, long RemovedBytes, int Kept, long KeptBytes);
