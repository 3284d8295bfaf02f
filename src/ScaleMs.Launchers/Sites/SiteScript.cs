using System.Text;
using ScaleMs.Core.Model;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Sites;

/// <summary>Writes what a site is asked: the questions of one round trip above the constant text that answers them.</summary>
internal sealed class SiteScript
{
    private readonly StringBuilder _first = new();
    private readonly StringBuilder _questions = new();
    private readonly StringBuilder _functions = new();
    private readonly SiteProfile _site;

    /// <summary>A script without questions.</summary>
    /// <param name="site">What is loaded, run and set before.</param>
    public SiteScript(SiteProfile site) => _site = site;

    /// <summary>Asks for the facts.</summary>
    public SiteScript Facts() => Ask("facts");

    /// <summary>Asks for the variables that steps get.</summary>
    public SiteScript Variables() => Ask("variables");

    /// <summary>Asks which of some variables are not set.</summary>
    public SiteScript AreSet(IEnumerable<string> names) => names.Aggregate(this, (script, name) => script.Ask("is_set " + ShellWord.Of(name)));

    /// <summary>Asks for a tool, which is told by its number in the answer.</summary>
    public SiteScript Tool(int number, Tool tool)
    {
        Ask(FormattableString.Invariant($"tool {number}{ShellWord.All(tool.Candidates.Where(name => name.Length > 0).Select(Rooted))}"));
        return Ask(tool.Version is ToolVersion.OfLines lines ? "printed" + ShellWord.All(lines.Arguments) : "digest");
    }

    /// <summary>Asks something of the caller's own; it tells with <c>tell</c>.</summary>
    public SiteScript Ask(string line)
    {
        _questions.Append(line).Append('\n');
        return this;
    }

    /// <summary>Asks something before modules are loaded.</summary>
    public SiteScript AskFirst(string line)
    {
        _first.Append(line).Append('\n');
        return this;
    }

    /// <summary>Adds functions that questions call.</summary>
    /// <param name="resource">The name of the text among the assembly's resources.</param>
    public SiteScript With(string resource)
    {
        _functions.Append(ShellText.Of(resource));
        return this;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder()
            .Append("ask_modules=").Append(ShellWord.Of(ShellWord.All(_site.Modules))).Append('\n')
            .Append("ask_pass=").Append(ShellWord.Of(string.Join(' ', _site.Pass.Where(ShellWord.IsPlainName)))).Append('\n')
            .Append("ask_names=").Append(ShellWord.Of(string.Join(' ', _site.Environment.Keys.Where(ShellWord.IsPlainName)))).Append('\n');
        AddFunction(text.Append(_functions), "ask_first", [_first.ToString().TrimEnd('\n')]);
        AddFunction(text, "ask_lines", _site.Before.Select((line, index) => FormattableString.Invariant($"line {index + 1} {ShellWord.Of(line)}")));
        AddFunction(text, "ask_set", _site.Environment.Where(pair => ShellWord.IsPlainName(pair.Key)).Select(pair => $"export {pair.Key}={ShellWord.Of(pair.Value)}"));
        AddFunction(text, "ask_questions", [_questions.ToString().TrimEnd('\n')]);
        return text.Append(ShellText.Of("site.sh")).Append(ShellText.Of("probe.sh")).ToString();
    }

    /// <summary>A relative path leads on from where the host was started, as locally.</summary>
    private static string Rooted(string candidate) =>
        candidate.Contains('/', StringComparison.Ordinal) && !(OperatingSystem.IsWindows() && candidate[0] == '/') ? Path.GetFullPath(candidate) : candidate;

    private static void AddFunction(StringBuilder text, string name, IEnumerable<string> lines) => text.Append(name).Append("() {\n:\n").AppendJoin('\n', lines).Append("\n}\n");
}
