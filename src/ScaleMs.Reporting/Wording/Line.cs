namespace ScaleMs.Reporting.Wording;

/// <summary>One line of the report: a verb in the margin and a text.</summary>
/// <param name="Verb">At most nine letters.</param>
/// <param name="Ink">The verb's colour.</param>
/// <param name="Text">The text, of any origin.</param>
/// <remarks>A class, as are most small values here: generic code over structs is compiled anew at each start, over classes it is not.</remarks>
internal sealed record Line(string Verb, Ink Ink, string Text)
{
    private const int Margin = 10;

    /// <summary>The line as it is printed.</summary>
    /// <param name="palette">The colours.</param>
    /// <param name="most">The columns at which the line is cut.</param>
    public string Render(Palette palette, int most = int.MaxValue)
    {
        var verb = Columns.Fit(Verb.PadRight(Margin), most);
        return palette.Paint(Ink, verb) + Columns.Fit(Printable.Of(Text), Math.Max(0, most - Margin));
    }
}
