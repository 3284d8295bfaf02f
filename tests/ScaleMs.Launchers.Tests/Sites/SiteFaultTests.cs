using ScaleMs.Core.Tests;
using ScaleMs.Launchers.Sites;
using Xunit;

namespace ScaleMs.Launchers.Tests.Sites;

public sealed class SiteFaultTests : IDisposable
{
    private const string Wrong =
        """
        sits: {}
        profiles:
          ring: {extends: rang}
          rang: {extends: ring}
          shared-mistake: {limits: {cpus: many}}
        sites:
          cluster:
            launcher: slrm
            extends: [shared-mistake, gromac]
            modulse: [gromacs]
            shared: perhaps
            scratch: scratch/scalems
            pass: [GMX-LIB]
            environment: {1A: x}
            limits: {memory: 192, time: tomorrow, jobs: 0, colour: red}
            slurm: {partition: "a b", options: ["-p short"], poll: [1], partion: x, pack-time: "30:00"}
          unsaid: {slurm: {account: a}, tokens: {licence: 0}}
          bare: {launcher: slurm, extends: shared-mistake}
          lab: {launcher: ssh, ssh: {hosts: []}}
          mean: {launcher: ssh, ssh: {hosts: ["-oProxyCommand=x", "ann:geheim@node1", {slots: 2}, {host: a, slots: none}]}}
          farm: {launcher: amqp, amqp: {blobs: here}}
          told: {launcher: amqp, amqp: {broker: "amqp://ann:geheim@broker/x"}}
          far: {launcher: amqp, shared: false, amqp: {broker: "http://broker"}}
          local: {launcher: slurm}
          "a b": {launcher: local}
          text: slurm
        """;

    private readonly SitesSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public void Faults_OfASitesFile_AreToldAtOnceWithPlaceAndAdvice()
    {
        var sites = _space.Read(Wrong);
        _space.Faults.Add(sites.Unknown("cluter"));
        _space.Faults.Add(SiteProfiles.None.Unknown("cluster"));
        _ = SitesFile.Read(_space.Write("sites: [1, 2\n", "broken.yaml"), _space.Faults);
        var told = string.Join("\n", _space.Faults);
        Assert.DoesNotContain("geheim", told, StringComparison.Ordinal);
        Snapshot.Matches(told);
    }

    [Fact]
    public void File_ThatCannotBeRead_IsAFault()
    {
        _ = SitesFile.Read(Path.Combine(_space.Root, "none.yaml"), _space.Faults);
        Assert.Contains("the sites file 'none.yaml' cannot be read", Assert.Single(_space.Faults).What, StringComparison.Ordinal);
    }
}
