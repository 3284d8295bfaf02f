namespace ScaleMs.Reporting.Wording;

/// <summary>Colours text, or leaves it alone. Only the eight basic colours: users' terminals map them to readable ones.</summary>
/// <param name="HasColour">Whether it colours at all.</param>
internal readonly record struct Palette(bool HasColour)
{
    /// <summary>Colours a text that holds no line feed and is already cut to its width.</summary>
    public string Paint(Ink ink, string text) => HasColour && Code(ink) is { } code ? $"\e[{code}m{text}\e[0m" : text;

    private static string? Code(Ink ink) => ink switch
    {
        Ink.Good => "32",
        Ink.Bad => "1;31",
        Ink.Notice => "33",
        Ink.Active => "36",
        Ink.Faint => "2",
        _ => null,
    };
}
