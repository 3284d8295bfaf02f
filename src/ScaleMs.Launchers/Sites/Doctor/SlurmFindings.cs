using System.Globalization;
using ScaleMs.Core.Faults;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>Says what Slurm's answers mean.</summary>
internal sealed class SlurmFindings(SiteProfile site, SlurmProfile slurm, SiteAnswer answer)
{
    private readonly string _place = slurm.Login;

    public IEnumerable<Finding> All()
    {
        var lacks = answer.Records.Where(record => record.Word == "lacks").Select(record => record.Value).ToList();
        if (lacks.Count > 0)
        {
            return [Finding.Fail(_place, "slurm", $"there is no {string.Join(", ", lacks)}", "put Slurm's commands on the PATH of shells that are not interactive, or name a login node as 'login'")];
        }

        return Failed("ping") ? [Controller()] : [Controller(), .. Partition(), Trial(), .. Limits(), .. Arrays(), Accounting()];
    }

    private Finding Controller() => Failed("ping") || Text("ping").Contains("is DOWN", StringComparison.Ordinal) && !Text("ping").Contains("is UP", StringComparison.Ordinal)
        ? Finding.Fail(_place, "slurm", $"the controller does not answer: {Last("ping")}", "wait, or ask the administrators; runs wait for it too")
        : Finding.Ok(_place, "slurm", $"{First("version")}, the controller answers");

    private IEnumerable<Finding> Partition()
    {
        var all = Text("partitions").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        var names = all.Select(name => name.TrimEnd('*')).Distinct(StringComparer.Ordinal).ToList();
        if (slurm.Partition.Length == 0)
        {
            yield return all.Find(name => name.EndsWith('*')) is { } usual ? Finding.Ok(_place, "partition", $"{usual.TrimEnd('*')}, the default")
                : Finding.Fail(_place, "partition", "none is named, and the cluster has no default", $"write 'partition:' with one of {string.Join(", ", names)}");
            yield break;
        }

        // A job may name several; the first that can starts it.
        var missing = slurm.Partition.Split(',').Where(name => !names.Contains(name)).ToList();
        yield return missing.Count == 0 ? Finding.Ok(_place, "partition", $"{slurm.Partition} is there")
            : Finding.Fail(_place, "partition", $"there is no partition {string.Join(", ", missing)}", Nearest.To(missing[0], names) is { } near ? $"write '{near}'" : $"the partitions are {string.Join(", ", names)}");
    }

    /// <summary>What Slurm itself says to all that a submission names.</summary>
    private Finding Trial() => Failed("trial")
        ? Finding.Fail(_place, "submission", $"a job like those of the profile would be refused: {Last("trial")}", "correct partition, account, qos, reservation, constraint or options")
        : Finding.Ok(_place, "submission", "a job with partition, account, qos, reservation, constraint and options of the profile would be taken");

    private IEnumerable<Finding> Limits()
    {
        if (Failed("trial"))
        {
            yield break;
        }

        var set = SlurmLimits.Of(site.Limits).Select(limit => limit.Name).ToList();
        var beyond = set.Where(Failed).ToList();
        foreach (var name in beyond)
        {
            yield return Finding.Fail(_place, "limits", $"'limits.{name}' is more than the partition gives: {Last(name)}", $"lower it; {Largest()}");
        }

        if (set.Count > beyond.Count)
        {
            yield return Finding.Ok(_place, "limits", $"{string.Join(", ", set.Except(beyond))} can be had");
        }

        if (set.Count == 0)
        {
            yield return Finding.Warn(_place, "limits", "no step is too large for this site as its profile has no limits, and Slurm may let such a job wait for ever", $"write 'limits:'; {Largest()}");
        }
    }

    private IEnumerable<Finding> Arrays()
    {
        if (Setting("MaxArraySize") is { } most && slurm.MostArray >= most)
        {
            yield return Finding.Fail(_place, "array", Words($"'slurm.array' is {slurm.MostArray}, and the cluster takes indexes below {most}"), Words($"write 'array: {Math.Max(1, most - 1)}'"));
        }

        if (Setting("MaxJobCount") is { } jobs && site.Limits.Jobs > jobs)
        {
            yield return Finding.Warn(_place, "jobs", Words($"'limits.jobs' is {site.Limits.Jobs}, and the cluster holds {jobs} jobs of all users together"), Words($"write 'jobs: {jobs / 10}' or less"));
        }
    }

    private Finding Accounting() => Finding.Ok(_place, "accounting", answer.Records.Any(record => record is { Word: "has", Value: "sacct" }) ? "sacct is there; it is not needed" : "there is no sacct, and none is needed");

    /// <summary>The largest that any node of the profile's partitions has, each for itself.</summary>
    private string Largest()
    {
        var rows = Text("nodes").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|')).Where(row => row.Length == 5).ToList();
        var mine = rows.Where(row => slurm.Partition.Length == 0 || slurm.Partition.Split(',').Contains(row[4].Trim())).ToList();
        return mine.Count == 0 ? "see 'sinfo' for what its nodes have"
            : Words($"its largest node has {mine.Max(row => Number(row[0]))} cores and {mine.Max(row => Number(row[1])) / 1024.0:0.#} GiB, and the time limit is {string.Join(" or ", mine.Select(row => row[3].Trim()).Distinct())}");
    }

    private static long Number(string text) => long.TryParse(text.Trim().TrimEnd('+'), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private long? Setting(string name)
    {
        var line = Text("config").Split('\n').FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return line is not null && long.TryParse(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim(), CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private bool Failed(string name) => answer.Records.FirstOrDefault(record => record.Word == "status" && record.Value.StartsWith(name + " ", StringComparison.Ordinal)) is not { } status || !status.Value.EndsWith(" 0", StringComparison.Ordinal);

    private string Text(string name) => answer[name] ?? string.Empty;

    private string First(string name) => Lines(name) is [var first, ..] ? first : "nothing";

    private string Last(string name) => Lines(name) is [.., var last] ? last : "nothing";

    private string[] Lines(string name) => Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
