namespace ScaleMs;

/// <summary>The options of the command line: Cake's own and ours, in one table that parsing, help and suggestions share.</summary>
internal static class OptionTable
{
    /// <summary>Options that Cake's hosts read.</summary>
    public static IReadOnlyList<OptionInfo> Cake { get; } =
    [
        new("target", ["t", "Target"], "NAME", "Target task to run; may be repeated"),
        new("working", ["w"], "PATH", "The workspace: the directory to work in"),
        new("verbosity", ["v"], "LEVEL", "Quiet, Minimal, Normal, Verbose or Diagnostic") { Choices = ["quiet", "minimal", "normal", "verbose", "diagnostic", "q", "m", "n", "v", "d"] },
        new("description", ["descriptions", "showdescription", "showdescriptions"], null, "Shows what each task is for"),
        new("tree", ["showtree"], null, "Shows the tree of tasks"),
        new("dryrun", ["noop", "whatif"], null, "Lists the tasks that would be run"),
        new("exclusive", ["e"], null, "Runs the target's own steps only"),
        new("no-report", [], null, "Prints no table of tasks at the end"),
        new("version", ["ver"], null, "Shows Cake's version"),
        new("info", [], null, "Shows more about Cake"),
        new("help", ["h", "?"], null, "Shows this help"),
    ];

    /// <summary>Options that the engine reads, the same on every host.</summary>
    public static IReadOnlyList<OptionInfo> ScaleMs { get; } =
    [
        new("jobs", ["j"], "N", "How many processor cores the steps may use at once; all by default"),
        new("launcher", [], "SITE", "Where steps run that name no site: one of sites.yaml, or local, which is the default"),
        new("sites", [], "FILE", "Reads sites from this file instead of the workspace's and the user's sites.yaml"),
        new("hosts", [], "HOST:N,…", "Runs steps on these hosts through ssh, N cores on each"),
        new("parallel", [], null, "Runs independent plain tasks beside each other, each one's output in one block"),
        new("memory", [], "SIZE", "How much memory the steps may claim at once, such as 16GiB; the machine's by default"),
        new("gpus", [], "N", "How many graphics processors the steps may use at once; the machine's by default"),
        new("tokens", [], "NAME=N,…", "How many tokens of a name, such as licences, there are; may be repeated"),
        new("keep-going", [], null, "Goes on with independent steps after a failure") { ConcernsPlainTasks = true },
        new("detach", [], null, "Goes on in the background once it has planned; scalems status, attach and cancel tell of it") { ConcernsPlainTasks = true },
        new("set", [], "NAME=VALUE", "Sets a parameter; may be repeated"),
        new("config", [], "FILE", "Reads parameters from a JSON or YAML file; may be repeated, the later file wins"),
        new("config-show", [], null, "Lists the target's parameters with value, origin and what may be given; executes nothing") { ConcernsPlainTasks = true },
        new("format", [], "text|json", "How --config-show writes its list"),
        new("plan", ["n"], null, "Tells verdict and reason of every step, executes nothing") { ConcernsPlainTasks = true },
        new("why", [], "STEP", "Explains a step by value, executes nothing; may be repeated, * and ? stand for others") { ConcernsPlainTasks = true },
        new("exit-code", [], null, "With --plan: exit code 4 when there is work to do") { ConcernsPlainTasks = true },
        new("plan-out", [], "FILE", "Writes the plan as JSON, to be reviewed and applied; executes nothing") { ConcernsPlainTasks = true },
        new("apply", [], "FILE", "Executes exactly the plan that --plan-out wrote; refuses when something moved") { ConcernsPlainTasks = true },
        new("suppose", [], "FILE", "Plans as if this source file had changed; may be repeated") { ConcernsPlainTasks = true },
        new("only", [], "PATTERN", "Executes only these steps; what they need must be up to date; may be repeated"),
        new("from", [], "PATTERN", "Executes only these steps and what reads their outputs; may be repeated"),
        new("skip", [], "PATTERN", "Does not execute these steps; their last results are used; may be repeated"),
        new("rerun", [], "PATTERN", "Executes these steps although they are up to date; may be repeated"),
        new("import", [], "PATTERN", "Takes these steps' results from --import-from instead of executing anything; may be repeated") { ConcernsPlainTasks = true },
        new("import-from", [], "DIR", "With --import: the folder that holds the results, made elsewhere") { ConcernsPlainTasks = true },
        new("import-force", [], null, "With --import: also where a result is recorded already"),
        new("graph", [], "FILE", "Writes the graph as a document and executes nothing: JSON, or a picture for .dot and .mmd") { ConcernsPlainTasks = true },
        new("graph-format", [], "FORM", "With --graph: json, dot or mermaid, whatever the file's name"),
        new("graph-members", [], "N", "With --graph: a step with more members is one node of a picture; 12 by default"),
        new("trace", [], null, "Watches executed steps with strace and tells undeclared files; with =strict such a step fails") { Choices = ["strict"] },
        new("rehash", [], null, "Reads and hashes every file instead of trusting size and time stamps"),
        new("cache", [], "PATH|none", "A folder that shares results between workspaces; SCALEMS_CACHE sets it too"),
        new("read-only-cache", [], null, "Takes results from the cache, adds none"),
        new("share-imported", [], null, "Adds imported results, which nobody verified, to the cache too"),
        new("accept-imported", [], null, "Takes results from the cache that others imported"),
        new("summary", [], "FILE", "Writes what every step did, as JSON; as Markdown where the name ends in .md") { ConcernsPlainTasks = true },
        new("events", [], "FILE", "Writes every change of state, one JSON object per line") { ConcernsPlainTasks = true },
        new("progress", [], "auto|plain|none", "How the terminal shows progress"),
        new("no-color", [], null, "No colours"),
    ];

    /// <summary>All options.</summary>
    public static IEnumerable<OptionInfo> All => Cake.Concat(ScaleMs);

    /// <summary>Finds an option by name or alias.</summary>
    public static OptionInfo? Find(string name) =>
        All.FirstOrDefault(option => string.Equals(option.Name, name, StringComparison.OrdinalIgnoreCase) || option.Aliases.Contains(name, StringComparer.Ordinal));
}

/// <summary>An option.</summary>
/// <param name="Name">Its long name without dashes.</param>
/// <param name="Aliases">Other names; one letter means a single dash.</param>
/// <param name="Value">What its value is; null when it takes none.</param>
/// <param name="Description">What it does.</param>
internal sealed record OptionInfo(string Name, IReadOnlyList<string> Aliases, string? Value, string Description)
{
    /// <summary>The only values that may be given, in any case; none where others check them.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether it asks for something of a run without steps too, which only a planned one has.</summary>
    public bool ConcernsPlainTasks { get; init; }
}
