using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Sites.Doctor;
using ScaleMs.Slurm.Tests.Cluster;
using Xunit;

namespace ScaleMs.Slurm.Tests;

/// <summary>What <c>scalems doctor</c> finds at a real Slurm.</summary>
public sealed class DoctorTests(SlurmCluster cluster)
{
    private async Task<List<Finding>> ExamineAsync(SlurmProfile slurm, SiteLimits? limits = null, bool submits = false)
    {
        cluster.Require();
        var site = new SiteProfile { Name = "cluster", Launcher = "slurm", Slurm = slurm, Limits = limits ?? new SiteLimits { Jobs = 1000 }, Pass = ["NO_SUCH_VARIABLE"], Before = ["true"] };
        using var space = new SlurmSpace();
        var findings = new List<Finding>();
        foreach (var check in SiteDoctor.ChecksOf(site, new DoctorRequest(space.Root) { Submits = submits, Tools = ["sh"], JobLimit = TimeSpan.FromMinutes(1) }))
        {
            findings.AddRange(await check.RunAsync(CancellationToken.None));
        }

        Assert.DoesNotContain(Directory.GetFiles(space.Root), file => file.Contains("doctor", StringComparison.Ordinal));
        return findings;
    }

    private static string Of(IEnumerable<Finding> findings, string check) => string.Join("; ", findings.Where(finding => finding.Check == check).Select(finding => $"{finding.State} {finding.Place} {finding.Message} {finding.Advice}"));

    [Fact]
    public async Task Doctor_OfAGoodSite_FindsNothingThatFailsAndRunsAJob()
    {
        var findings = await ExamineAsync(new SlurmProfile { Partition = "main", MostArray = 300 }, new SiteLimits { Jobs = 1000, Cpus = 8, MemoryBytes = 4L << 30, Time = TimeSpan.FromDays(2) }, submits: true);
        Assert.All(findings, finding => Assert.True(finding.IsGood, finding.ToString()));
        Assert.Equal("Ok  main is there ", Of(findings, "partition"));
        Assert.Contains("the controller answers", Of(findings, "slurm"), StringComparison.Ordinal);
        Assert.Equal("Ok  cpus, memory, time can be had ", Of(findings, "limits"));
        Assert.Matches(@"^Ok  job \d+ ran $", Of(findings, "job"));
        Assert.Contains("Ok node ", Of(findings, "shared"), StringComparison.Ordinal);
        Assert.Equal(2, findings.Count(finding => finding is { Check: "pass", State: FindingState.Warn }));
        Assert.Equal(2, findings.Count(finding => finding is { Check: "tool", State: FindingState.Ok }));
        Assert.Equal(2, findings.Count(finding => finding is { Check: "before", State: FindingState.Ok }));
    }

    [Fact]
    public async Task Doctor_OfAProfileWithMistakes_TellsEachWithAdvice()
    {
        var findings = await ExamineAsync(new SlurmProfile { Partition = "maine", MostArray = 1000 }, submits: true);
        Assert.Equal("Fail  there is no partition maine write 'main'", Of(findings, "partition"));
        Assert.Contains("nvalid partition", Of(findings, "submission"), StringComparison.Ordinal);
        Assert.Contains("write 'array: 300'", Of(findings, "array"), StringComparison.Ordinal);
        Assert.Contains("invalid partition", Of(findings, "job"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_OfLimitsBeyondThePartition_NamesThemAndWhatThereIs()
    {
        var findings = await ExamineAsync(new SlurmProfile { MostArray = 300 }, new SiteLimits { Cpus = 64, MemoryBytes = 1L << 30, Gpus = 2 });
        Assert.Equal("Ok  main, the default ", Of(findings, "partition"));
        var told = Of(findings, "limits");
        Assert.Contains("'limits.cpus' is more than the partition gives", told, StringComparison.Ordinal);
        Assert.Contains("'limits.gpus' is more than the partition gives", told, StringComparison.Ordinal);
        Assert.Contains("its largest node has 8 cores and 7.8 GiB, and the time limit is infinite", told, StringComparison.Ordinal);
        Assert.Contains("Ok  memory can be had", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_OfASiteWithoutLimits_SaysWhichToWrite() => Assert.StartsWith("Warn ", Of(await ExamineAsync(new SlurmProfile { MostArray = 300 }), "limits"), StringComparison.Ordinal);
}
