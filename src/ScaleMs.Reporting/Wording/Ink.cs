namespace ScaleMs.Reporting.Wording;

/// <summary>What a colour means; the palette decides which one it is.</summary>
internal enum Ink
{
    /// <summary>No colour.</summary>
    None,

    /// <summary>Success.</summary>
    Good,

    /// <summary>Failure.</summary>
    Bad,

    /// <summary>To be noticed.</summary>
    Notice,

    /// <summary>Running, or taken from the store.</summary>
    Active,

    /// <summary>Of less weight.</summary>
    Faint,
}
