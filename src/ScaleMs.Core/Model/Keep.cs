namespace ScaleMs.Core.Model;

/// <summary>How long the store keeps an output's bytes. The record stays, so a step whose bytes are gone is up to date until somebody needs them.</summary>
public enum Keep
{
    /// <summary>Until gc takes them.</summary>
    Always,

    /// <summary>Until every step of the run that reads them is settled well; without a reader as always.</summary>
    UntilConsumed,

    /// <summary>As until consumed, and not at all where nobody reads them: a published file is then the only copy.</summary>
    Never,
}
