using System.Diagnostics;
using ScaleMs.Core.Model;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>Looks at a machine on which steps run or are submitted, in one round trip.</summary>
/// <param name="site">What the profile says.</param>
/// <param name="shell">How the machine is reached.</param>
/// <param name="place">What findings call it.</param>
/// <param name="request">What it is examined for.</param>
internal sealed class PlaceCheck(SiteProfile site, ISiteShell shell, string place, DoctorRequest request) : IDoctorCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The slots that the profile gives the machine; 0 for none.</summary>
    public int Slots { get; init; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        using var probe = site.IsShared && site.Launcher != "local" ? SharedProbe.Make(request.Workspace) : null;
        var start = Stopwatch.GetTimestamp();
        var before = DateTimeOffset.UtcNow;
        var script = PlaceQuestions.Of(site, request, probe);
        var answer = await new SiteProbe(site, shell, Patience).RunAsync(script, Patience * (1 + request.Tools.Count), cancellation).ConfigureAwait(false);
        var findings = new PlaceFindings(site, place, answer) { Slots = Slots, Tools = request.Tools };
        return
        [
            .. findings.Reached(Stopwatch.GetElapsedTime(start)),
            .. findings.Clock(before, DateTimeOffset.UtcNow),
            .. findings.All(),
            .. probe is null ? [] : await probe.FindingsAsync(findings, cancellation).ConfigureAwait(false),
            .. findings.Steps(),
        ];
    }
}
