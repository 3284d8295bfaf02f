namespace ScaleMs.Core.Planning;

/// <summary>What a plan says of an instance.</summary>
public enum PlanKind
{
    /// <summary>Nothing to do.</summary>
    UpToDate,

    /// <summary>A recorded result will be taken.</summary>
    Restore,

    /// <summary>It will run.</summary>
    Certain,

    /// <summary>It may run: early cut-off may spare it.</summary>
    Possible,

    /// <summary>It is not up to date, or may not be, and the selection leaves it out.</summary>
    LeftOut,

    /// <summary>It cannot run: something that it needs is left out and not up to date.</summary>
    Blocked,
}
