namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>What a site is examined for.</summary>
/// <param name="Workspace">The workspace's root on this machine, absolute.</param>
public sealed record DoctorRequest(string Workspace)
{
    /// <summary>Programs that must be there after modules and lines: names or paths.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>How long a file of the shared workspace may take until the other side sees it, whole seconds; 10 by default.</summary>
    public TimeSpan FileDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a job of a second is submitted where there is a scheduler, and the same is looked at on its node.</summary>
    public bool Submits { get; init; }

    /// <summary>How long such a job may take from its submission to its end; 10 minutes by default.</summary>
    public TimeSpan JobLimit { get; init; } = TimeSpan.FromMinutes(10);
}
