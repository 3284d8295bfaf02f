using ScaleMs.Core.Faults;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting;

/// <summary>Prints all faults of a workflow or a command line, each with its place and advice.</summary>
/// <param name="output">Where to; usually standard error.</param>
/// <param name="hasColour">Whether headlines are red.</param>
public sealed class FaultPrinter(TextWriter output, bool hasColour)
{
    private readonly Palette _palette = new(hasColour);

    /// <summary>Prints the faults in their order.</summary>
    /// <param name="exception">The faults.</param>
    public void Print(FaultException exception)
    {
        foreach (var fault in exception.Faults)
        {
            var lines = fault.ToString().Split('\n');
            output.WriteLine(_palette.Paint(Ink.Bad, Printable.Of(lines[0])));
            foreach (var line in lines.Skip(1))
            {
                output.WriteLine(Printable.Of(line));
            }
        }

        output.Flush();
    }
}
