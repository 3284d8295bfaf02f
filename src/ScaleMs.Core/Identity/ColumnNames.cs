using System.Globalization;
using System.Text.RegularExpressions;

namespace ScaleMs.Core.Identity;

/// <summary>Gathers what a table says of its columns before its first number.</summary>
internal sealed partial class ColumnNames
{
    private readonly SortedDictionary<int, string> _legends = [];
    private string? _axis;
    private IReadOnlyList<string> _comment = [];
    private IReadOnlyList<string> _fields = [];
    private IReadOnlyList<string> _names = [];

    public void TakeComment(string text)
    {
        var words = TableText.Split(text.TrimStart('#', '!', ' '));
        if (words.Count > 1 && words[0] == "FIELDS")
        {
            _fields = [.. words.Skip(1)];
        }

        _comment = words.Count == 0 ? _comment : words;
    }

    public void TakeDirective(string line)
    {
        if (Legend().Match(line) is { Success: true } legend)
        {
            _legends[int.Parse(legend.Groups[1].ValueSpan, CultureInfo.InvariantCulture)] = legend.Groups[2].Value;
        }
        else if (Axis().Match(line) is { Success: true } axis)
        {
            _axis = axis.Groups[1].Value;
        }
    }

    public void TakeText(IReadOnlyList<string> cells) => _names = cells;

    /// <summary>The names of the columns of a table whose first row with a number has so many fields; none where nothing fits.</summary>
    public IReadOnlyList<string> For(int columns) =>
        _legends.Count > 0 ? [_axis ?? string.Empty, .. Enumerable.Range(0, _legends.Keys.Max() + 1).Select(set => _legends.GetValueOrDefault(set) ?? string.Empty)]
        : _fields.Count > 0 ? _fields
        : _names.Count == columns ? [.. _names.Select(Unquoted)]
        : _comment.Count == columns ? [.. _comment.Select(Unquoted)]
        : [];

    private static string Unquoted(string name) => name.Trim('"').Trim();

    [GeneratedRegex(@"^@\s*s([0-9]{1,6})\s+legend\s+""(.*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Legend();

    [GeneratedRegex(@"^@\s*xaxis\s+label\s+""(.*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Axis();
}
