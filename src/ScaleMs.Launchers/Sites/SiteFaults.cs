using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Launchers.Sites;

/// <summary>The wording of faults about <c>sites.yaml</c>. None of them repeats an address that holds credentials.</summary>
internal static class SiteFaults
{
    public static Fault Unreadable(string file, int line, string problem) => At(
        "SMS6001", $"the sites file '{file}' {problem}", new SourceLocation(file, line), "give YAML with 'sites:' and a mapping of names to sites; docs/sites.md shows some");

    public static Fault UnknownKey(string place, string key, IReadOnlyCollection<string> known, SourceLocation where) => At(
        "SMS6002", $"{place} knows no '{key}'", where, Nearest.To(key, known) is { } near ? $"write '{near}'" : $"the keys are {string.Join(", ", known.Order(StringComparer.Ordinal))}");

    public static Fault BadValue(string key, string value, string wanted, SourceLocation where) => At("SMS6003", $"'{key}' cannot be '{value}'", where, $"give {wanted}");

    public static Fault BadName(string kind, string name, SourceLocation where) => At(
        "SMS6003", $"a {kind} cannot be named '{name}'", where, "begin with a letter or a digit, and go on with letters, digits, '.', '_' and '-'");

    public static Fault BadForm(string key, string wanted, SourceLocation where) => At("SMS6003", $"'{key}' has another form than it may have", where, $"give {wanted}");

    public static Fault UnknownProfile(string name, IReadOnlyCollection<string> known, SourceLocation where) => At(
        "SMS6004", $"there is no profile '{name}' to extend", where,
        Nearest.To(name, known) is { } near ? $"write '{near}'" : known.Count == 0 ? "write it under 'profiles:'" : $"the profiles are {string.Join(", ", known.Order(StringComparer.Ordinal))}");

    public static Fault Cycle(IEnumerable<string> path, SourceLocation where) => At(
        "SMS6004", $"profiles extend each other: {string.Join(" → ", path)}", where, "leave out one 'extends', or move what both need to a profile of its own");

    public static Fault NoLauncher(string site, string? guess, SourceLocation where) => At(
        "SMS6005", $"site '{site}' does not say which launcher serves it", where, $"write 'launcher: {guess ?? "slurm"}'; there are {string.Join(", ", SiteReader.Launchers)}");

    public static Fault Incomplete(string site, string problem, SourceLocation where, string advice) => At("SMS6005", $"site '{site}' {problem}", where, advice);

    public static Fault Credentials(string key, SourceLocation where, string advice) => At("SMS6006", $"'{key}' holds a password or a user, and this file is read by others too", where, advice);

    public static Fault UnknownSite(string name, IReadOnlyCollection<string> known) => At(
        "SMS6007", $"there is no site '{name}'", default,
        Nearest.To(name, known) is { } near ? $"use '{near}'" : $"the sites are {string.Join(", ", known.Order(StringComparer.Ordinal))}; others are written into sites.yaml in the workspace, or into ~/.config/scalems/sites.yaml");

    private static Fault At(string code, string what, SourceLocation where, string advice) => new(code, FaultKind.Usage, what, where, advice);
}
