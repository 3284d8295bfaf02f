using System.Globalization;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>Says what a machine's answers mean.</summary>
/// <param name="site">What the profile says.</param>
/// <param name="place">What findings call the machine.</param>
/// <param name="answer">The answers.</param>
internal sealed class PlaceFindings(SiteProfile site, string place, SiteAnswer answer)
{
    private const long LittleSpace = 1L << 20;
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(2);

    /// <summary>The slots that the profile gives the machine; 0 for none.</summary>
    public int Slots { get; init; }

    /// <summary>The programs that were asked for.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>The answers.</summary>
    public SiteAnswer Answer => answer;

    /// <summary>Whether the machine said anything.</summary>
    public bool IsAnswered => answer["host"] is not null;

    public Finding Ok(string check, string message) => Finding.Ok(place, check, message);

    public Finding Warn(string check, string message, string advice) => Finding.Warn(place, check, message, advice);

    public Finding Fail(string check, string message, string advice) => Finding.Fail(place, check, message, advice);

    public IEnumerable<Finding> Reached(TimeSpan time)
    {
        yield return IsAnswered ? Ok("shell", string.Create(CultureInfo.InvariantCulture, $"{answer["host"]} answers in a POSIX shell, after {time.TotalSeconds:0.0} s"))
            : Fail("shell", $"the site {answer.Problem}", place.Length == 0 ? "run '/bin/sh -c true' by hand" : $"run 'ssh -o BatchMode=yes {place} true' by hand until it works without asking");
    }

    /// <summary>The clock is read somewhere between two looks at ours.</summary>
    public IEnumerable<Finding> Clock(DateTimeOffset before, DateTimeOffset after)
    {
        if (long.TryParse(answer["clock"], CultureInfo.InvariantCulture, out var seconds))
        {
            var there = DateTimeOffset.FromUnixTimeSeconds(seconds);
            var skew = there < before - MostSkew ? before - there : there > after + MostSkew ? there - after : TimeSpan.Zero;
            yield return skew == TimeSpan.Zero ? Ok("clock", "agrees with this machine's")
                : Warn("clock", string.Create(CultureInfo.InvariantCulture, $"is {skew.TotalSeconds:0} s {(there < before ? "behind" : "ahead of")} this machine's"), "let both be set by NTP: ages of files and leases are compared");
        }
    }

    /// <summary>What is there before modules are loaded.</summary>
    public IEnumerable<Finding> All() => IsAnswered ? [Coreutils(), Digests(), .. Archives(), .. Folder(), .. Cores()] : [];

    /// <summary>What steps find: modules, lines, variables, tools.</summary>
    public IEnumerable<Finding> Steps() => IsAnswered ? [.. Modules(), .. Lines(), .. Variables(), .. Programs()] : [];

    private Finding Coreutils() => Values("lacks") is { Count: > 0 } lacks
        ? Fail("coreutils", $"there is no {string.Join(", ", lacks)}", "install GNU coreutils, or put them on the PATH of shells that are not interactive")
        : Ok("coreutils", "all there");

    private Finding Digests() => Values("digests") switch
    {
        ["openssl", ..] => Ok("digests", "by openssl"),
        ["sha256sum"] => Warn("digests", "by sha256sum, which is several times slower than openssl", "install openssl where outputs are large"),
        _ => Fail("digests", "neither openssl nor sha256sum computes SHA-256", "install openssl or GNU coreutils"),
    };

    private IEnumerable<Finding> Archives()
    {
        var has = Values("has");
        if (!site.IsShared)
        {
            yield return !has.Contains("tar") ? Fail("tar", "there is no tar, and the workspace is not seen there", "install tar")
                : has.Contains("gzip") ? Ok("tar", "tar and gzip are there")
                : Warn("tar", "there is no gzip", "install gzip: files travel uncompressed without it");
        }

        if (!has.Contains("setsid"))
        {
            yield return Warn("setsid", "there is no setsid", "install util-linux: without it a step's processes are ended one by one");
        }
    }

    private IEnumerable<Finding> Folder()
    {
        if (answer["folder"] is not { } folder)
        {
            return [Fail("scratch", $"'{answer["no-folder-there"]}' cannot be written{SiteAnswer.Why(After("no-folder-there"))}", "make it, or name another folder as 'scratch'")];
        }

        return !long.TryParse(answer["free"], CultureInfo.InvariantCulture, out var free) ? [Warn("scratch", $"{folder} is writable; how much space is left is not told", "look at it by hand")]
            : free < LittleSpace ? [Warn("scratch", string.Create(CultureInfo.InvariantCulture, $"{folder} has {free / 1024} MiB left"), "make room, or name another folder as 'scratch'")]
            : [Ok("scratch", string.Create(CultureInfo.InvariantCulture, $"{folder} is writable, {free / LittleSpace} GiB are free"))];
    }

    private IEnumerable<Finding> Cores()
    {
        if (Slots > 0 && int.TryParse(answer["cores"], CultureInfo.InvariantCulture, out var cores))
        {
            yield return Slots > cores ? Warn("slots", string.Create(CultureInfo.InvariantCulture, $"the profile gives {Slots} slots, and there are {cores} cores"), string.Create(CultureInfo.InvariantCulture, $"write 'slots: {cores}'"))
                : Ok("slots", string.Create(CultureInfo.InvariantCulture, $"{Slots} of {cores} cores"));
        }
    }

    private IEnumerable<Finding> Modules()
    {
        if (answer.Problem is { } problem)
        {
            yield return Fail(answer["at"] is null ? "modules" : "before", $"the site {problem}", answer["at"] is null ? "see 'module avail' there" : "let the line not end its shell");
        }
        else if (site.Modules.Count > 0)
        {
            yield return Ok("modules", $"{string.Join(", ", site.Modules)} are loaded");
        }
    }

    private IEnumerable<Finding> Lines()
    {
        var failed = answer.FailedLines.ToList();
        foreach (var line in failed)
        {
            var words = line.Value.Split(' ');
            yield return Fail("before", $"line {words[0]} ends with status {words[^1]}{SiteAnswer.Why(After(line))}", "correct it, or write '|| true' behind it where that is as it should be");
        }

        if (answer.Problem is null && failed.Count == 0 && site.Before.Count > 0)
        {
            yield return Ok("before", string.Create(CultureInfo.InvariantCulture, $"{site.Before.Count} line{(site.Before.Count == 1 ? string.Empty : "s")} succeeded"));
        }
    }

    private IEnumerable<Finding> Variables()
    {
        var unset = Values("unset");
        return answer.Problem is not null || site.Pass.Count == 0 ? []
            : unset.Count == 0 ? [Ok("pass", $"{string.Join(", ", site.Pass)} are set")]
            : [Warn("pass", $"there is no {string.Join(", ", unset)}", "set them in the login files of shells that are not interactive, in 'before' or in 'environment', or leave them out of 'pass'")];
    }

    private IEnumerable<Finding> Programs()
    {
        foreach (var told in answer.Records.Where(record => record.Word == "tool").Select(record => record.Value.Split(' ', 2)))
        {
            var name = Tools[int.Parse(told[0], CultureInfo.InvariantCulture)];
            yield return told.Length > 1 ? Ok("tool", $"{name} is {told[1]}") : Fail("tool", $"there is no {name}", "name the module that has it in 'modules', or give its path");
        }
    }

    private List<string> Values(string word) => [.. answer.Records.Where(record => record.Word == word).Select(record => record.Value)];

    private SiteRecord? After(string word) => After(answer.Records.FirstOrDefault(record => record.Word == word));

    private SiteRecord? After(SiteRecord? record) => answer.Records.SkipWhile(one => !ReferenceEquals(one, record)).Skip(1).FirstOrDefault();
}
