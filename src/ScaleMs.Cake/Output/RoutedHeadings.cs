using System.Text;
using Spectre.Console;

namespace ScaleMs;

/// <summary>The headings that <c>dotnet cake</c> prints go through Spectre's console, which holds the writer that it found at first; until it is disposed it asks each time.</summary>
internal sealed class RoutedHeadings : IDisposable
{
    private readonly IAnsiConsoleOutput _former = AnsiConsole.Console.Profile.Out;

    public RoutedHeadings() => AnsiConsole.Console.Profile.Out = new Routed(_former, new RoutedWriter(_former.Writer, isError: false));

    public void Dispose() => AnsiConsole.Console.Profile.Out = _former;

    private sealed class Routed(IAnsiConsoleOutput former, RoutedWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => former.IsTerminal;

        public int Width => former.Width;

        public int Height => former.Height;

        public void SetEncoding(Encoding encoding) => former.SetEncoding(encoding);
    }
}
