using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Launchers.Sites;

/// <summary>Makes a profile of a site's values.</summary>
internal static partial class SiteReader
{
    /// <summary>The launchers that a site can name.</summary>
    public static IReadOnlyList<string> Launchers { get; } = ["local", "slurm", "ssh", "amqp"];

    /// <summary>Reads a site, whose own name and key place it is told by.</summary>
    /// <returns>The profile; one without a launcher has an empty one, which is fit for a profile that others extend.</returns>
    public static SiteProfile Read(string name, SiteValues values, SourceLocation declaredAt, ICollection<Fault> faults)
    {
        var profile = new SiteProfile
        {
            Name = name,
            DeclaredAt = declaredAt,
            Launcher = values.Text("launcher", $"one of {string.Join(", ", Launchers)}", Launchers.Contains),
            IsShared = values.Flag("shared", otherwise: true),
            Scratch = values.Text("scratch", "a path that begins with '/', '~/' or '$VARIABLE'", SiteWords.IsPathThere),
            Modules = values.List("modules", "names of modules, such as gromacs/2024", SiteWords.IsModule),
            Before = values.List("before", "lines of shell", text => !text.Contains('\0', StringComparison.Ordinal)),
            Pass = values.List("pass", "names of variables, such as GMXLIB", SiteWords.IsVariable),
            Environment = values.Map("environment", "names of variables with texts, such as 'OMP_PROC_BIND: close'", SiteWords.IsVariable),
            Limits = Limits(values.Section("limits")),
            Tokens = values.Counts("tokens", "names of tokens with counts, such as 'licence: 2'"),
            Slurm = Slurm(values.Section("slurm")),
            Ssh = Ssh(values.Section("ssh"), faults),
            Amqp = Amqp(values.Section("amqp"), faults),
        };
        // Who extends what was followed already.
        _ = values.Has("extends");
        values.TellUnknown();
        return profile;
    }

    private static SiteLimits Limits(SiteValues? values)
    {
        var limits = values is null ? new SiteLimits() : new SiteLimits
        {
            Jobs = values.Number("jobs", new SiteLimits().Jobs, least: 1),
            Cpus = values.Number("cpus", 0, least: 1),
            MemoryBytes = values.Size("memory"),
            Gpus = values.Has("gpus") ? values.Number("gpus", 0, least: 0) : null,
            Time = values.Time("time", null),
        };
        values?.TellUnknown();
        return limits;
    }

    private static SlurmProfile? Slurm(SiteValues? values)
    {
        if (values is null)
        {
            return null;
        }

        var usual = new SlurmProfile();
        var slurm = new SlurmProfile
        {
            Login = values.Text("login", SiteWords.Destination, SiteWords.IsDestination),
            Partition = values.Text("partition", SiteWords.OneWord, SiteWords.IsWord),
            Account = values.Text("account", SiteWords.OneWord, SiteWords.IsWord),
            Qos = values.Text("qos", SiteWords.OneWord, SiteWords.IsWord),
            Reservation = values.Text("reservation", SiteWords.OneWord, SiteWords.IsWord),
            Constraint = values.Text("constraint"),
            Options = values.List("options", SiteWords.Options, SiteWords.IsOption),
            MostArray = values.Number("array", usual.MostArray, least: 1),
            Poll = values.Time("poll", usual.Poll) ?? usual.Poll,
            Gather = values.Time("gather", usual.Gather, mayBeZero: true) ?? usual.Gather,
            Pack = values.Number("pack", usual.Pack, least: 1),
            PackCpus = values.Number("pack-cpus", usual.PackCpus, least: 1),
            PackTime = values.Time("pack-time", usual.PackTime) ?? usual.PackTime,
            FileDelay = values.Time("file-delay", usual.FileDelay, mayBeZero: true) ?? usual.FileDelay,
            Patience = values.Time("patience", usual.Patience) ?? usual.Patience,
            Silence = values.Time("silence", usual.Silence) ?? usual.Silence,
            SilenceLimit = values.Time("silence-limit", null),
            AsksNodes = values.Text("facts", "'login' or 'node'", text => text is "login" or "node") == "node",
            FactsWait = values.Time("facts-wait", usual.FactsWait) ?? usual.FactsWait,
            FactsAge = values.Time("facts-age", usual.FactsAge, mayBeZero: true) ?? usual.FactsAge,
        };
        values.TellUnknown();
        return slurm;
    }
}
