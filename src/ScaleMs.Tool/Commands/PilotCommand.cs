using System.CommandLine;
using System.Reflection;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Slurm;
using ScaleMs.Tool.Farm;
using Command = System.CommandLine.Command;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems pilot</c>.</summary>
internal static class PilotCommand
{
    /// <summary>Where the runtime is, and whom it trusts: none of it is a secret.</summary>
    private static readonly string[] Travelling = ["DOTNET_ROOT", BrokerAddress.AuthorityVariable];

    private static readonly Argument<string> Site = new("SITE") { Description = "the cluster's name in sites.yaml" };
    private static readonly Option<string> Farm = new("--for") { Description = "the name in sites.yaml of the farm that they work for", HelpName = "SITE", Required = true };
    private static readonly Option<FileInfo> Sites = new("--sites") { Description = "a file of sites instead of those of workspace and user", HelpName = "FILE" };
    private static readonly Option<int> Count = Number("--count", "how many; 1 by default", 1);
    private static readonly Option<int> Cpus = Number("--cpus", "cores of each; 1 by default", 1);
    private static readonly Option<int> Gpus = Number("--gpus", "graphics processors of each; none by default", 0);
    private static readonly Option<long> Memory = Sized("--memory", "memory of each; the partition's default by default");
    private static readonly Option<TimeSpan?> Time = Timed("--time", "the time of each; the partition's default by default");
    private static readonly Option<TimeSpan?> Idle = Timed("--idle", "how long one may have nothing to do before it ends; 10m by default");
    private static readonly Option<string> Program = new("--program") { Description = "the program scalems on the nodes; this one by default, and the one in their PATH where the cluster is behind ssh", HelpName = "PATH" };
    private static readonly Option<string> TokenFile = new("--token-file") { Description = "a file with the token of the blob endpoint, which the nodes see", HelpName = "FILE", DefaultValueFactory = _ => string.Empty };

    public static Command Create()
    {
        var command = new Command("pilot", "Starts workers of a farm as jobs of a cluster with Slurm, so that many short steps run in a few allocations.")
        {
            Site, Farm, Count, Cpus, Gpus, Memory, Time, Idle, Program, TokenFile, Sites,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var faults = new List<Fault>();
        var sites = parsed.GetValue(Sites) is { } file ? SitesFile.Read(file.FullName, faults) : SitesFile.ReadAll(parsed.Workspace(), faults);
        var (cluster, farm) = (Find(sites, parsed.GetRequiredValue(Site), faults), Find(sites, parsed.GetRequiredValue(Farm), faults));
        if (cluster is null || farm is null || faults.Count > 0)
        {
            faults.ForEach(parsed.InvocationConfiguration.Error.WriteLine);
            return ExitCodes.Usage;
        }

        RefuseOpenSecrets(farm, parsed.GetRequiredValue(TokenFile));
        return Tell(await Pilots.SubmitAsync(cluster, farm, OrderOf(parsed, cluster), cancellation).ConfigureAwait(false), farm, parsed);
    }

    private static SiteProfile? Find(SiteProfiles sites, string name, List<Fault> faults)
    {
        var site = sites.Find(name);
        if (site is null)
        {
            faults.Add(sites.Unknown(name));
        }

        return site;
    }

    /// <summary>A job's variables are kept and shown by its scheduler: what is secret is read from a file on the node.</summary>
    private static void RefuseOpenSecrets(SiteProfile farm, string tokenFile)
    {
        if (farm.Amqp is { CredentialsFile: "" } && IsSet(BrokerAddress.PasswordVariable))
        {
            throw new FarmUsageException($"{BrokerAddress.PasswordVariable} does not travel with jobs: write user and password into a file of two lines that the nodes see, with mode 0600, and name it as 'credentials-file' of site '{farm.Name}'");
        }

        if (farm.Amqp?.Blobs.StartsWith("http", StringComparison.Ordinal) == true && tokenFile.Length == 0 && IsSet(FarmOptions.TokenVariable))
        {
            throw new FarmUsageException($"{FarmOptions.TokenVariable} does not travel with jobs: write the token into a file that the nodes see, with mode 0600, and give --token-file");
        }
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    private static PilotOrder OrderOf(ParseResult parsed, SiteProfile cluster) => new()
    {
        Count = parsed.GetValue(Count),
        Cpus = parsed.GetValue(Cpus),
        Gpus = parsed.GetValue(Gpus),
        MemoryBytes = parsed.GetValue(Memory),
        Time = parsed.GetValue(Time),
        Idle = parsed.GetValue(Idle) ?? new PilotOrder().Idle,
        Program = parsed.GetValue(Program) is { } given ? [given] : cluster.Slurm is { Login: "" } ? OwnWords() : new PilotOrder().Program,
        TokenFile = parsed.GetRequiredValue(TokenFile),
        Environment = Travelling.Where(IsSet).ToDictionary(name => name, name => Environment.GetEnvironmentVariable(name)!, StringComparer.Ordinal),
    };

    /// <summary>This program as it was started: by itself, or by <c>dotnet</c> with its assembly.</summary>
    private static IReadOnlyList<string> OwnWords() => Environment.ProcessPath is not { } program ? new PilotOrder().Program
        : Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Assembly.GetExecutingAssembly().Location]
        : [program];

    private static int Tell(PilotJobs jobs, SiteProfile farm, ParseResult parsed)
    {
        foreach (var job in jobs.Jobs)
        {
            parsed.Output().WriteLine($"job {job}: pilots for '{farm.Name}'; their logs are {jobs.Logs}/{job}_*.log, 'scancel {job}' ends them");
        }

        if (jobs.Problem.Length > 0)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"error: {jobs.Problem}");
        }

        return jobs.Problem.Length == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static Option<int> Number(string name, string description, int least)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => least };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least)
            {
                result.AddError($"{name} must be at least {least}");
            }
        });
        return option;
    }

    private static Option<long> Sized(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = Parsing.With<long>(Parsing.TrySize, Parsing.AnySize),
    };

    private static Option<TimeSpan?> Timed(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = Parsing.With<TimeSpan?>(Parsing.TryTime, Parsing.AnyTime),
    };
}
