namespace ScaleMs.Core.Model;

/// <summary>Where an output's bytes are kept.</summary>
public enum StoreAs
{
    /// <summary>As a blob of the store; what is published is a copy.</summary>
    Blob,

    /// <summary>At the published path only: for files that are too large to have twice. Moved there, never copied; it must be published.</summary>
    InPlace,
}
