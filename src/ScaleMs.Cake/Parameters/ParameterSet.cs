using System.Globalization;
using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>The parameters of a workflow: typed, validated, each with its origin.</summary>
/// <remarks>
/// Values come from <c>--set name=value</c>, else from the file of <c>--config</c>, else from the environment variable
/// <c>SCALEMS_NAME</c> (upper case), else from the default; the last <c>--set</c> and the last file win. A value enters the keys only of the steps that use it.
/// </remarks>
public sealed partial class ParameterSet
{
    private readonly GivenParameters _given;
    private readonly List<ParameterInfo> _declared = [];
    private readonly List<Fault> _faults = [];

    internal ParameterSet(GivenParameters given) => _given = given;

    /// <summary>The declared parameters with their values, in the order of declaration.</summary>
    public IReadOnlyList<ParameterInfo> Declared => _declared;

    /// <summary>Files that values were read from, absolute.</summary>
    internal IReadOnlyList<string> Files => _given.Files;

    /// <summary>Everything wrong with the values given: bad values, unknown names, unreadable files.</summary>
    /// <param name="secrets">The secrets declared beside them.</param>
    /// <param name="elsewhere">Names that other contexts of the run know.</param>
    internal IEnumerable<Fault> AllFaults(DeclaredSecrets secrets, params IEnumerable<string> elsewhere)
    {
        var names = _declared.ConvertAll(parameter => parameter.Name);
        return _given.Faults.Concat(_faults).Concat(secrets.Faults(_given.Values, names)).Concat(_given.Unknown([.. names, .. elsewhere], secrets));
    }

    /// <summary>Notices about variables of the environment whose names are nearly those of parameters.</summary>
    internal IEnumerable<string> Notices() => _given.Misspelt(_declared.ConvertAll(parameter => parameter.Name)).Order(StringComparer.Ordinal);

    /// <summary>Declares a whole number.</summary>
    /// <param name="name">The name, as <c>--set</c> spells it.</param>
    /// <param name="default">The value when none is given.</param>
    /// <param name="minimum">The smallest value allowed.</param>
    /// <param name="maximum">The largest value allowed.</param>
    /// <param name="description">What it is, with its unit.</param>
    /// <returns>The value; the default after a fault.</returns>
    public long Integer(string name, long @default, long minimum = long.MinValue, long maximum = long.MaxValue, string description = "") =>
        Read(name, @default, description, text =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum ? value : null,
            $"a whole number from {Bound(minimum)} to {Bound(maximum)}");

    /// <summary>Declares a number.</summary>
    /// <param name="name">The name, as <c>--set</c> spells it.</param>
    /// <param name="default">The value when none is given.</param>
    /// <param name="minimum">The smallest value allowed.</param>
    /// <param name="maximum">The largest value allowed.</param>
    /// <param name="description">What it is, with its unit.</param>
    /// <returns>The value; the default after a fault.</returns>
    public double Number(string name, double @default, double minimum = double.MinValue, double maximum = double.MaxValue, string description = "") =>
        Read(name, @default, description, text => ParseNumber(text, minimum, maximum), $"a number from {Bound(minimum)} to {Bound(maximum)}");

    /// <summary>Declares a list of numbers, separated by commas.</summary>
    /// <param name="name">The name, as <c>--set</c> spells it.</param>
    /// <param name="default">The value when none is given.</param>
    /// <param name="minimum">The smallest value allowed.</param>
    /// <param name="maximum">The largest value allowed.</param>
    /// <param name="description">What it is, with its unit.</param>
    /// <returns>The values, at least one; the default after a fault.</returns>
    public IReadOnlyList<double> Numbers(string name, IReadOnlyList<double> @default, double minimum = double.MinValue, double maximum = double.MaxValue, string description = "")
    {
        ArgumentNullException.ThrowIfNull(@default);
        var text = ReadText(name, string.Join(',', @default.Select(value => Invariant.Text(value))), description);
        var wanted = $"numbers from {Bound(minimum)} to {Bound(maximum)}, separated by commas";
        _declared[^1] = _declared[^1] with { Range = wanted };
        var values = text.Split(',', StringSplitOptions.TrimEntries).Select(part => ParseNumber(part, minimum, maximum)).ToList();
        if (values.TrueForAll(value => value is not null))
        {
            return values.Select(value => value!.Value).ToList();
        }

        Refuse(name, text, wanted);
        return @default;
    }

    /// <summary>Declares a choice.</summary>
    /// <param name="name">The name, as <c>--set</c> spells it.</param>
    /// <param name="default">The value when none is given.</param>
    /// <param name="choices">The values allowed.</param>
    /// <param name="description">What it is.</param>
    /// <returns>The value; the default after a fault.</returns>
    public string Choice(string name, string @default, IReadOnlyList<string> choices, string description = "")
    {
        ArgumentNullException.ThrowIfNull(choices);
        var text = ReadText(name, @default, description);
        var wanted = "one of " + string.Join(", ", choices);
        _declared[^1] = _declared[^1] with { Range = wanted };
        if (choices.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Refuse(name, text, wanted);
        return @default;
    }

    /// <summary>Declares a text.</summary>
    /// <param name="name">The name, as <c>--set</c> spells it.</param>
    /// <param name="default">The value when none is given.</param>
    /// <param name="description">What it is.</param>
    /// <returns>The value.</returns>
    public string Text(string name, string @default, string description = "") => ReadText(name, @default, description);

    private T Read<T>(string name, T @default, string description, Func<string, T?> parse, string wanted)
        where T : struct
    {
        var text = ReadText(name, Invariant.Text(@default), description);
        _declared[^1] = _declared[^1] with { Range = wanted };
        if (parse(text) is { } value)
        {
            return value;
        }

        Refuse(name, text, wanted);
        return @default;
    }

    private string ReadText(string name, string @default, string description)
    {
        var (value, origin) = _given.Values.TryGetValue(name, out var given) ? (given.Text, given.Origin) : (@default, ParameterInfo.DefaultOrigin);
        _declared.Add(new ParameterInfo(name, value, origin, @default, description));
        return value;
    }

    private void Refuse(string name, string text, string wanted) => _faults.Add(new Fault(
        "SMS2004", FaultKind.Usage, $"parameter '{name}' cannot be '{text}' (from {_declared[^1].Origin})", default, $"give {wanted}"));

    private static double? ParseNumber(string text, double minimum, double maximum) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum ? value : null;

    private static string Bound<T>(T bound)
        where T : IFormattable => bound switch
        {
            long.MinValue or double.MinValue => "any",
            long.MaxValue or double.MaxValue => "any",
            _ => Invariant.Text(bound),
        };
}
