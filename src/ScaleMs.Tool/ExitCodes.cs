namespace ScaleMs.Tool;

/// <summary>The exit codes, the same as those of the hosts.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Damage was found, or the store cannot be used.</summary>
    public const int Failed = 1;

    public const int Usage = 2;

    public const int Bug = 70;

    public const int StoreInUse = 75;

    public const int Interrupted = 130;
}
