using ScaleMs.Core.Faults;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting;

/// <summary>Prints all faults of a workflow or a command line, each with its place and advice.</summary>
/// <param name="output">Where to; usually standard error.</param>
/// <param name="hasColour">Whether headlines are red.</param>
public sealed class FaultPrinter(TextWriter output, bool hasColour)
{
    /// <summary>One line of code expanded over a thousand members makes a thousand faults; the first few tell all that there is to know.</summary>
    private const int MostAlike = 10;

    private readonly Palette _palette = new(hasColour);

    /// <summary>Prints the faults in their order; of many that differ in a name only, the first ones and their number.</summary>
    /// <param name="exception">The faults.</param>
    public void Print(FaultException exception)
    {
        foreach (var alike in exception.Faults.GroupBy(fault => $"{fault.Code}\n{fault.Where}\n{AlikeText.Of(fault.Try)}", StringComparer.Ordinal))
        {
            foreach (var fault in alike.Take(MostAlike))
            {
                Print(fault);
            }

            if (alike.Count() is var count and > MostAlike)
            {
                output.WriteLine($"  and {count - MostAlike} more {alike.First().Code} of the same place");
            }
        }

        output.Flush();
    }

    private void Print(Fault fault)
    {
        var lines = fault.ToString().Split('\n');
        output.WriteLine(_palette.Paint(Ink.Bad, Printable.Of(lines[0])));
        foreach (var line in lines.Skip(1))
        {
            output.WriteLine(Printable.Of(line));
        }
    }
}
