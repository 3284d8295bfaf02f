namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>What a check says.</summary>
public enum FindingState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Steps will run, and something is slower or less certain than it could be.</summary>
    Warn,

    /// <summary>Steps will not run, or not rightly.</summary>
    Fail,
}
