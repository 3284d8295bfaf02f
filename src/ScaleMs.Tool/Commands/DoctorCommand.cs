using System.CommandLine;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Sites.Doctor;
using ScaleMs.Tool.Wording;
using Command = System.CommandLine.Command;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems doctor</c>.</summary>
internal static class DoctorCommand
{
    /// <summary>How many machines are looked at beside each other.</summary>
    private const int MostAtOnce = 16;

    private static readonly Argument<string> Site = new("SITE") { Description = "the site's name in sites.yaml; 'local' is this machine" };
    private static readonly Option<FileInfo> Sites = new("--sites") { Description = "a file of sites instead of those of workspace and user", HelpName = "FILE" };
    private static readonly Option<string[]> Tools = new("--tool") { Description = "a program that must be there; may be repeated", HelpName = "NAME", DefaultValueFactory = _ => [] };
    private static readonly Option<bool> Submit = new("--submit") { Description = "submits a job of a second, and looks at the node that it ran on" };
    private static readonly Option<string> Format = new("--format") { Description = "text or json", HelpName = "FORM", DefaultValueFactory = _ => "text" };

    private static readonly Option<TimeSpan> SubmitLimit = new("--submit-limit")
    {
        Description = "how long that job may take with its waiting; 10m by default",
        HelpName = "TIME",
        DefaultValueFactory = _ => new DoctorRequest(string.Empty).JobLimit,
        CustomParser = Parsing.With<TimeSpan>(TryParse, "a time such as 90s, 30m or 2h"),
    };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("doctor", "Looks at a site for real: is it reachable, writable, shared, does its scheduler take what the profile says. Says what to do about what is wrong.")
        {
            Site, Sites, Tools, Submit, SubmitLimit, Format,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var faults = new List<Fault>();
        var sites = parsed.GetValue(Sites) is { } file ? SitesFile.Read(file.FullName, faults) : SitesFile.ReadAll(parsed.Workspace(), faults);
        var site = sites.Find(parsed.GetRequiredValue(Site));
        if (site is null)
        {
            faults.Add(sites.Unknown(parsed.GetRequiredValue(Site)));
        }

        if (site is null || faults.Count > 0)
        {
            faults.ForEach(parsed.InvocationConfiguration.Error.WriteLine);
            return ExitCodes.Usage;
        }

        return await ExamineAsync(site, parsed, cancellation).ConfigureAwait(false);
    }

    private static async Task<int> ExamineAsync(SiteProfile site, ParseResult parsed, CancellationToken cancellation)
    {
        var isJson = parsed.IsJson() || parsed.GetValue(Format) == "json";
        var all = new List<Finding>();
        foreach (var check in Start(ChecksOf(site, RequestOf(parsed)), cancellation))
        {
            var findings = await check.ConfigureAwait(false);
            all.AddRange(findings);
            if (!isJson)
            {
                DoctorReport.Write(parsed.Output(), findings);
            }
        }

        if (isJson)
        {
            parsed.Output().WriteLine(ReportJson.Of(DoctorReport.Of(site, all)));
        }

        return all.TrueForAll(finding => finding.IsGood) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static IReadOnlyList<IDoctorCheck> ChecksOf(SiteProfile site, DoctorRequest request) =>
        site.Launcher == "amqp" ? FarmDoctor.ChecksOf(site, request, Environment.GetEnvironmentVariable) : SiteDoctor.ChecksOf(site, request);

    /// <summary>All of them, told in their order.</summary>
    private static List<Task<IReadOnlyList<Finding>>> Start(IReadOnlyList<IDoctorCheck> checks, CancellationToken cancellation)
    {
        var places = new SemaphoreSlim(MostAtOnce);
        return [.. checks.Select(RunOneAsync)];

        async Task<IReadOnlyList<Finding>> RunOneAsync(IDoctorCheck check)
        {
            await places.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                return await check.RunAsync(cancellation).ConfigureAwait(false);
            }
            finally
            {
                places.Release();
            }
        }
    }

    private static DoctorRequest RequestOf(ParseResult parsed) => new(parsed.Workspace())
    {
        Tools = parsed.GetRequiredValue(Tools),
        Submits = parsed.GetValue(Submit),
        JobLimit = parsed.GetValue(SubmitLimit),
    };

    private static bool TryParse(string text, out TimeSpan value)
    {
        value = Duration.TryParse(text) ?? TimeSpan.Zero;
        return value > TimeSpan.Zero;
    }
}
