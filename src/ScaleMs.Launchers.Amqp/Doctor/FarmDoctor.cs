using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Sites.Doctor;

namespace ScaleMs.Launchers.Amqp;

/// <summary>Examines a site with a farm of workers.</summary>
public static class FarmDoctor
{
    /// <summary>The checks for such a site, in the order in which they are told.</summary>
    /// <param name="site">The site; its launcher is <c>amqp</c>.</param>
    /// <param name="request">What it is examined for.</param>
    /// <param name="variable">Reads a variable of the environment: credentials, and the token of a blob endpoint.</param>
    /// <returns>Checks that may run beside each other.</returns>
    public static IReadOnlyList<IDoctorCheck> ChecksOf(SiteProfile site, DoctorRequest request, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(variable);
        var farm = site.Amqp ?? throw new ArgumentException($"the site '{site.Name}' names no broker");
        return [new Doctor.CredentialsCheck(farm, variable), new Doctor.FarmCheck(site, farm, request, variable), new Doctor.BlobCheck(farm, variable)];
    }
}
