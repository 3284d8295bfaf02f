using System.Globalization;
using System.Text;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Remote;

/// <summary>Writes what the wrapper is to do: shell text whose every value is a quoted word.</summary>
internal static class OrderText
{
    private const string NoInput = "/dev/null";

    /// <summary>The order of a request.</summary>
    /// <param name="request">The request, with paths of this machine.</param>
    /// <param name="site">Modules, lines and variables of the site.</param>
    /// <param name="place">Where the attempt is there.</param>
    /// <param name="words">Files below the root that are wanted with its end, besides the outputs and the log; null where its end brings no files.</param>
    internal static string Of(LaunchRequest request, SiteProfile site, AttemptPlace place, IReadOnlyList<string>? words = null)
    {
        var text = new StringBuilder("order_version=1\n");
        AddSettings(text, request, site, place);
        AddEnvironment(text, request, site, place);
        AddLines(text, site.Before);
        AddCommands(text, request, place);
        AddOutputs(text.Append("order_outputs() {\n:\n"), request.Outputs);
        AddOutputs(text.Append("order_optional_outputs() {\n:\n"), request.Outputs.Where(output => output.IsOptional));
        AddWords(text, words);
        return text.ToString();
    }

    /// <summary>The log that the commands write: the request's own, or one that is still to be filtered.</summary>
    internal static string LogOf(LaunchRequest request, AttemptPlace place) =>
        request.LogFilter is null ? place.Rebase(request.LogFile) : place.There(AttemptFiles.RawLog);

    private static void AddSettings(StringBuilder text, LaunchRequest request, SiteProfile site, AttemptPlace place)
    {
        Set(text, "key", request.Key);
        Set(text, "directory", place.Rebase(request.Directory));
        Set(text, "log", LogOf(request, place));
        Set(text, "codes", string.Create(CultureInfo.InvariantCulture, $" {string.Join(' ', request.AllowedExitCodes)} "));
        Set(text, "grace", Hundredths(request.Grace));
        Set(text, "time", request.TimeLimit is { } limit ? Math.Max(1, Hundredths(limit)) : 0);
        Set(text, "memory", request.MemoryLimitBytes);
        Set(text, "commands", request.Commands.Count);
        Set(text, "pass", string.Join(' ', request.PassedEnvironment.Concat(site.Pass).Where(ShellWord.IsPlainName).Distinct(StringComparer.Ordinal)));
        Set(text, "modules", ShellWord.All(site.Modules));
        Set(text, "before", site.Before.Count == 0 ? string.Empty : "yes");
    }

    private static void AddLines(StringBuilder text, IReadOnlyList<string> lines)
    {
        text.Append("order_lines() {\n:\n");
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"site_line {i + 1} {ShellWord.Of(lines[i])}\n");
        }

        text.Append("}\n");
    }

    /// <summary>Values go by <c>export</c>, which no other user of the node sees; only a name that the shell does not take goes by <c>env</c>.</summary>
    private static void AddEnvironment(StringBuilder text, LaunchRequest request, SiteProfile site, AttemptPlace place)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in site.Environment.Concat(request.Environment))
        {
            variables[name] = place.Rebase(value);
        }

        text.Append("order_become() {\n");
        foreach (var (name, value) in variables.Where(variable => ShellWord.IsPlainName(variable.Key)))
        {
            text.Append("export ").Append(name).Append('=').Append(ShellWord.Of(value)).Append('\n');
        }

        var rest = ShellWord.All(variables.Where(variable => !ShellWord.IsPlainName(variable.Key)).Select(variable => $"{variable.Key}={variable.Value}"));
        text.Append(rest.Length == 0 ? "exec \"$@\"\n}\n" : $"exec env --{rest} \"$@\"\n}}\n");
    }

    private static void AddCommands(StringBuilder text, LaunchRequest request, AttemptPlace place)
    {
        text.Append("order_command() {\ncase $1 in\n");
        for (var i = 0; i < request.Commands.Count; i++)
        {
            var command = request.Commands[i];
            string[] streams = [InputOf(command, i, place), place.Rebase(command.StandardOutput ?? string.Empty), place.Rebase(command.StandardError ?? string.Empty)];
            var words = ShellWord.All([.. streams, .. command.Arguments.Prepend(command.Program).Select(place.Rebase)]);
            text.Append(CultureInfo.InvariantCulture, $"{i}) order_exec{words} ;;\n");
        }

        text.Append("esac\n}\n");
    }

    private static string InputOf(LaunchCommand command, int index, AttemptPlace place) =>
        string.IsNullOrEmpty(command.StandardInput) ? place.Rebase(command.StandardInputFile ?? NoInput) : place.There(AttemptFiles.Input(index));

    private static void AddOutputs(StringBuilder text, IEnumerable<LaunchOutput> outputs)
    {
        foreach (var output in outputs)
        {
            text.Append("output ").Append(output.IsTree ? "t " : "f ").Append(ShellWord.Of(output.Path.Value)).Append('\n');
        }

        text.Append("}\n");
    }

    private static void AddWords(StringBuilder text, IReadOnlyList<string>? words)
    {
        if (words is null)
        {
            return;
        }

        Set(text, "bring", BroughtFiles.MostBytes);
        if (words.Count > 0)
        {
            text.Append("order_words() {\n").AppendJoin('\n', words.Select(word => $"word {ShellWord.Of(word)}")).Append("\n}\n");
        }
    }

    private static long Hundredths(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds / 10);

    private static void Set(StringBuilder text, string name, string value) => text.Append("order_").Append(name).Append('=').Append(ShellWord.Of(value)).Append('\n');

    private static void Set(StringBuilder text, string name, long value) => text.Append(CultureInfo.InvariantCulture, $"order_{name}={value}\n");
}
