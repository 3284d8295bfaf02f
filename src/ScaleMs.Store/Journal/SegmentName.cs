using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ScaleMs.Store.Journal;

/// <summary>The name of a journal segment: <c>0000000007-node-7-3f2a….log</c>, or <c>….base.log</c> for one that stands for all before it.</summary>
/// <remarks>
/// That a segment is a base is in its name, because a name cannot lose a bit as a line can. A class, as lists of values are compiled anew
/// by each process.
/// </remarks>
/// <param name="Epoch">The writer's number, from 1; each writer takes the highest there is and adds one.</param>
/// <param name="Host">The writer's host, made safe for a file name.</param>
/// <param name="BootId">The host's boot id, letters and digits only.</param>
/// <param name="IsBase">Whether everything before it is folded into it.</param>
internal sealed record SegmentName(long Epoch, string Host, string BootId, bool IsBase = false)
{
    private const int EpochDigits = 10;
    private const int LongestPart = 64;
    private const string Extension = ".log";
    private const string BaseExtension = ".base.log";

    public static SegmentName Of(long epoch, OpenOptions options, bool isBase = false) =>
        new(epoch, Safe(options.HostName, "-._"), SafeBootId(options.BootId), isBase);

    public static string SafeBootId(string bootId) => Safe(bootId.Replace("-", string.Empty, StringComparison.Ordinal), string.Empty);

    /// <summary>Reads a file name; false for anything that is not a segment.</summary>
    public static bool TryParse(string fileName, [NotNullWhen(true)] out SegmentName? name)
    {
        name = null;
        var isBase = fileName.EndsWith(BaseExtension, StringComparison.Ordinal);
        var extension = isBase ? BaseExtension : Extension;
        var first = fileName.IndexOf('-', StringComparison.Ordinal);
        var last = fileName.LastIndexOf('-');
        if (!fileName.EndsWith(extension, StringComparison.Ordinal) || first < EpochDigits || last <= first
            || !long.TryParse(fileName.AsSpan(0, first), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
        {
            return false;
        }

        name = new SegmentName(epoch, fileName[(first + 1)..last], fileName[(last + 1)..^extension.Length], isBase);
        return true;
    }

    public override string ToString()
    {
        var epoch = Epoch.ToString("D10", CultureInfo.InvariantCulture);
        return $"{epoch}-{Host}-{BootId}{(IsBase ? BaseExtension : Extension)}";
    }

    private static string Safe(string text, string allowed)
    {
        var safe = string.Concat(text.Take(LongestPart).Select(c => char.IsAsciiLetterOrDigit(c) || allowed.Contains(c, StringComparison.Ordinal) ? c : '_'));
        return safe.Length == 0 ? "unknown" : safe;
    }
}
