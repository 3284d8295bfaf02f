using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Records;

/// <summary>How an output was compared with the one that stood for it before.</summary>
/// <param name="Former">The bytes of the one that stood for it: those of the record while it is within tolerance.</param>
/// <param name="Made">The bytes that the step really made: those of the record once it is not.</param>
/// <param name="Difference">Why it is not within tolerance, by value; empty when it is.</param>
public sealed record ComparedOutput(Digest Former, Digest Made, string Difference)
{
    /// <summary>Whether it is within tolerance, so that what was made is not kept.</summary>
    public bool IsWithin => Difference.Length == 0;

    /// <summary>Whether a record with these bytes can have been compared in this way.</summary>
    /// <param name="bytes">The bytes of the record.</param>
    /// <returns>False for what no engine wrote.</returns>
    public bool Fits(Digest bytes) => !Former.IsNone && !Made.IsNone && bytes == (IsWithin ? Former : Made);
}
