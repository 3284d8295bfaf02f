using System.Globalization;

namespace ScaleMs.Launchers.Local;

/// <summary>Reads <c>CUDA_VISIBLE_DEVICES</c>: numbers or identifiers, separated by commas.</summary>
/// <remarks>As CUDA does, what comes after a number that no device has does not count: <c>-1</c> hides all.</remarks>
internal static class VisibleDevices
{
    internal static IReadOnlyList<string> Of(string text, int count) =>
        count == 0 ? [] : [.. text.Split(',').Select(name => name.Trim()).TakeWhile(name => Exists(name, count)).Distinct(StringComparer.Ordinal)];

    /// <summary>Identifiers such as <c>GPU-8932f937</c> and <c>MIG-…</c> are the driver's to know.</summary>
    private static bool Exists(string name, int count) =>
        int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number >= 0 && number < count
            : name.StartsWith("GPU-", StringComparison.Ordinal) || name.StartsWith("MIG-", StringComparison.Ordinal);
}
