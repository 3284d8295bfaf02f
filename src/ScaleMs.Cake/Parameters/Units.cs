using System.Globalization;

namespace ScaleMs;

/// <summary>The units of quantities, in groups that convert into each other exactly as their definitions say.</summary>
/// <remarks>
/// Exact: SI prefixes, h, °C, cal = 4.184 J (thermochemical), atm = 101 325 Pa, Å = 0.1 nm. Energies per particle are told per mole with the
/// Avogadro constant and the elementary charge of the SI of 2019 (eV = 96.48533212331002 kJ/mol), and the hartree of CODATA 2018 (2625.4996394799 kJ/mol).
/// </remarks>
internal static class Units
{
    private const decimal OneEv = 96.48533212331002m;

    private static readonly Unit[] s_all =
    [
        new("time", "fs", 1e-15m), new("time", "ps", 1e-12m), new("time", "ns", 1e-9m), new("time", "us", 1e-6m), new("time", "µs", 1e-6m), new("time", "ms", 1e-3m),
        new("time", "s", 1m), new("time", "min", 60m), new("time", "h", 3600m), new("time", "d", 86_400m),
        new("length", "pm", 1e-12m), new("length", "A", 1e-10m), new("length", "Å", 1e-10m), new("length", "nm", 1e-9m), new("length", "um", 1e-6m), new("length", "µm", 1e-6m),
        new("length", "mm", 1e-3m), new("length", "cm", 1e-2m), new("length", "m", 1m),
        new("temperature", "K", 1m), new("temperature", "mK", 1e-3m), new("temperature", "C", 1m, 273.15m), new("temperature", "°C", 1m, 273.15m),
        new("pressure", "Pa", 1m), new("pressure", "hPa", 100m), new("pressure", "kPa", 1e3m), new("pressure", "MPa", 1e6m), new("pressure", "GPa", 1e9m),
        new("pressure", "mbar", 100m), new("pressure", "bar", 1e5m), new("pressure", "kbar", 1e8m), new("pressure", "atm", 101_325m),
        new("energy", "J/mol", 1e-3m), new("energy", "kJ/mol", 1m), new("energy", "cal/mol", 4.184e-3m), new("energy", "kcal/mol", 4.184m),
        new("energy", "meV", OneEv / 1000m), new("energy", "eV", OneEv), new("energy", "Eh", 2625.4996394799m),
    ];

    /// <summary>Finds a unit by its symbol; upper and lower case differ.</summary>
    public static Unit? Find(string symbol) => Array.Find(s_all, unit => unit.Symbol == symbol);

    /// <summary>The symbols that convert into a unit, such as <c>fs, ps, ns</c>.</summary>
    public static string Beside(Unit unit) => string.Join(", ", s_all.Where(other => other.Group == unit.Group).Select(other => other.Symbol));

    /// <summary>Reads a number with a unit of the wanted one's group, or a bare number in the wanted unit.</summary>
    /// <returns>The number in the wanted unit; null when the text is none, or has no meaning in 28 digits.</returns>
    public static double? Read(string text, Unit wanted)
    {
        var length = NumberLength(text);
        var symbol = text[length..].Trim();
        var unit = symbol.Length == 0 ? wanted : Find(symbol);
        return unit?.Group == wanted.Group && decimal.TryParse(text.AsSpan(0, length).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Convert(number, unit, wanted)
            : null;
    }

    /// <summary>Decimal numbers, so that 2 fs and 0.002 ps are the same number and not almost; read again as text, which alone is rounded rightly.</summary>
    private static double? Convert(decimal number, Unit from, Unit to)
    {
        try
        {
            var converted = from == to ? number : (((number + from.Offset) * from.Factor) - (to.Offset * to.Factor)) / to.Factor;
            return number != 0 && converted == 0 && from.Offset == to.Offset ? null : double.Parse(converted.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>An exponent is part of the number, <c>1e3 fs</c>, and a unit that begins with its letter is not: <c>3 eV</c>.</summary>
    private static int NumberLength(string text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || text[length] is '.' or '+' or '-' or ' ' || IsExponent(text, length)))
        {
            length++;
        }

        return length;
    }

    private static bool IsExponent(string text, int at) =>
        text[at] is 'e' or 'E' && at > 0 && char.IsAsciiDigit(text[at - 1]) && at + 1 < text.Length && (char.IsAsciiDigit(text[at + 1]) || text[at + 1] is '+' or '-');
}

/// <summary>A unit.</summary>
/// <param name="Group">What it measures.</param>
/// <param name="Symbol">How it is written.</param>
/// <param name="Factor">How many of the group's own unit it is.</param>
/// <param name="Offset">What is added to its numbers before that.</param>
internal sealed record Unit(string Group, string Symbol, decimal Factor, decimal Offset = 0m);
