namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>Looks at a part of a site for real. What a check makes there it removes again.</summary>
public interface IDoctorCheck
{
    /// <summary>Looks.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What was found, at least one thing; a part that cannot be looked at is a finding and never an exception.</returns>
    Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation);
}
