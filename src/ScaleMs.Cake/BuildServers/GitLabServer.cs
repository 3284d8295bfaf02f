using System.Globalization;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>GitLab: sections of the job's log. Problems stand there anyway, and a summary is an artifact (<c>--summary summary.md</c>).</summary>
/// <remarks>Cake has no service for sections; their form is in GitLab's documentation of job logs, "Custom collapsible sections".</remarks>
/// <param name="clock">The time.</param>
internal sealed class GitLabServer(TimeProvider clock) : IBuildServer
{
    private const string ClearLine = "\r\u001b[0K";

    public void BeginGroup(string title) => Console.Out.WriteLine($"\u001b[0Ksection_start:{Now}:{NameOf(title)}[collapsed=true]{ClearLine}{title}");

    public void EndGroup(string title) => Console.Out.WriteLine($"\u001b[0Ksection_end:{Now}:{NameOf(title)}{ClearLine}");

    public void Problem(string title, string message, SourceLocation? where = null)
    {
    }

    public void Summarise(string markdown, Func<string> file)
    {
    }

    private static string NameOf(string title) => $"scalems_{string.Concat(title.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'))}";

    private string Now => clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
