namespace ScaleMs.Store.Maintenance;

/// <summary>What a finding means.</summary>
public enum FindingKind
{
    /// <summary>Something is not as the store wrote it. The exit code of <c>verify</c> tells it.</summary>
    Damage,

    /// <summary>No valid place holds the bytes of a result: its step runs again when they are demanded. Records outlive bytes, so this is no damage.</summary>
    Lost,

    /// <summary>Something to know.</summary>
    Notice,
}
