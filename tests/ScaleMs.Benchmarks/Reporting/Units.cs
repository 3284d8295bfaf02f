using System.Globalization;

namespace ScaleMs.Benchmarks.Reporting;

/// <summary>Numbers as people read them.</summary>
internal static class Units
{
    public static string Time(double seconds) => seconds switch
    {
        < 0.1 => Text($"{seconds * 1e3:F1} ms"),
        < 1 => Text($"{seconds * 1e3:F0} ms"),
        _ => Text($"{seconds:F2} s"),
    };

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
