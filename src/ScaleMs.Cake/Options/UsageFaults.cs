using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs;

/// <summary>The wording of faults on the command line.</summary>
internal static class UsageFaults
{
    public static Fault UnknownOption(string name) => Usage(
        "SMS2002", $"there is no option '{Dashed(name)}'",
        Nearest.To(name, OptionTable.All.Select(option => option.Name)) is { } near ? $"use '--{near}', or see --help" : "see --help for all options");

    public static Fault NoValue(OptionInfo option) => Usage("SMS2002", $"option '--{option.Name}' has no value", $"write --{option.Name}={option.Value}");

    public static Fault Stray(string argument) => Usage("SMS2002", $"'{argument}' is no option", "name a target with --target=NAME, or see --help");

    public static Fault BadValue(string option, string value, string wanted) => Usage("SMS2002", $"option '--{option}' cannot be '{value}'", $"give {wanted}");

    public static Fault TooManyGpus(string value, string variable, int count) => Usage(
        "SMS2002", $"option '--gpus' cannot be '{value}': {variable} leaves {count} of this machine's graphics processors", $"give at most {count}, or change {variable}");

    public static Fault OnlyWithPlan(string option) => Usage("SMS2002", $"option '--{option}' has no plan to tell of", $"write --plan --{option}");

    public static Fault OnlyWithList(string option) => Usage("SMS2002", $"option '--{option}' has no list to write", $"write --config-show --{option}=json");

    public static Fault OnlyWithImport(string option) => Usage("SMS2002", $"option '--{option}' has nothing to import", "write --import=PATTERN --import-from=DIR");

    public static Fault ImportFromNowhere() => Usage("SMS2002", "option '--import' has no folder to import from", "write --import=PATTERN --import-from=DIR");

    public static Fault OnlyWithGraph(string option) => Usage("SMS2002", $"option '--{option}' has no graph to be of", $"write --graph=FILE --{option}=VALUE");

    public static Fault NotTogether(string option, string other, string advice) => Usage("SMS2002", $"options '--{option}' and '--{other}' do not go together", advice);

    public static Fault NoDetaching() => Usage("SMS2002", "option '--detach' is not supported on this system", "leave it out, and let the system start the command in the background");

    public static Fault SupposedForDefinition(string file) => Usage(
        "SMS2006", $"--suppose '{file}' names a file that the workflow's definition reads, so nothing can be told before it is changed", "change the file and use --plan");

    public static Fault LocalSite(string problem, SourceLocation where) => new(
        "SMS2009", FaultKind.Usage, $"site 'local' {problem}", where, "correct its modules and lines in sites.yaml; 'scalems doctor local' shows what they say");

    public static Fault UnusableSite(string name, string problem, SourceLocation where) => new(
        "SMS2010", FaultKind.Usage, $"site '{name}' cannot be used: {problem}", where, $"correct it in sites.yaml, then look at it with 'scalems doctor {name}'");

    public static Fault NoCacheAddress(string origin, string value) => Usage(
        "SMS2002", $"{origin} cannot be '{value}': the address of a cache begins with http or https, and holds no credentials, no '?' and no '#'",
        "give the address that 'scalems blobs' serves, or a folder, such as one on a shared file system");

    public static Fault NoCacheToken(string origin, string value) => Usage(
        "SMS2002", $"{origin} is '{value}', which asks for a token", $"set the environment variable {EndpointProtocol.TokenVariable} to it");

    public static Fault ReadOnlyWithoutCache() => Usage(
        "SMS2002", "option '--read-only-cache' has no cache to read", "name one with --cache=PATH, or with the environment variable SCALEMS_CACHE");

    public static Fault UnknownTarget(string target, IEnumerable<string> known) => Usage(
        "SMS2001", $"there is no target '{target}'",
        Nearest.To(target, known) is { } near ? $"use '{near}'; --description lists all targets" : "--description lists all targets");

    public static Fault UnknownParameter(string name, string origin, IReadOnlyList<string> known) => Usage(
        "SMS2003", $"there is no parameter '{name}' (from {origin})",
        (Nearest.To(name, known) is { } near ? $"use '{near}'; " : string.Empty) + $"the parameters are {string.Join(", ", known.Order(StringComparer.Ordinal))}");

    public static Fault SecretGiven(string name, string origin, Core.Model.SecretSource source) => Usage(
        "SMS2008", $"'{name}' is a secret, and {origin} is read by others too: its value is not given there", $"put the value into {source}, and change it if it was ever real");

    public static Fault SecretAndParameter(string name) => Usage("SMS2008", $"'{name}' or its variable is both a secret's and a parameter's, and parameters are shown", "give one of them another name");

    public static Fault BadAssignment(string text) => Usage("SMS2003", $"'--set {text}' names no parameter", "write --set name=value");

    public static Fault BadConfig(string file, string problem) => Usage("SMS2005", $"the file '{file}' of --config {problem}", "give a JSON object of parameter names and values, or the same as YAML in a file that ends in .yaml");

    private static Fault Usage(string code, string what, string advice) => new(code, FaultKind.Usage, what, default, advice);

    private static string Dashed(string name) => name.Length == 1 ? "-" + name : "--" + name;
}
