using System.Globalization;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Parameters that have more than one spelling: the value, and not its spelling, is what steps and plans see.</content>
public sealed partial class ParameterSet
{
    private static readonly string[] s_yes = ["true", "yes", "on", "1"];
    private static readonly string[] s_no = ["false", "no", "off", "0"];

    /// <summary>Declares a choice between yes and no.</summary>
    /// <param name="name">The name, as <c>--set</c> spells it.</param>
    /// <param name="default">The value when none is given.</param>
    /// <param name="description">What it is.</param>
    /// <returns>The value; the default after a fault.</returns>
    /// <remarks>Takes <c>true</c>, <c>yes</c>, <c>on</c> and <c>1</c>, and their opposites, whatever their case.</remarks>
    public bool Flag(string name, bool @default, string description = "") =>
        (bool)ReadValue(name, @default, Invariant.Text(@default), description, string.Empty, "true or false", text =>
            s_yes.Contains(text, StringComparer.OrdinalIgnoreCase) ? new Reading(true, "true")
            : s_no.Contains(text, StringComparer.OrdinalIgnoreCase) ? new Reading(false, "false")
            : null);

    /// <summary>Declares a number with a unit; other units of its group are converted.</summary>
    /// <param name="name">The name, as <c>--set</c> spells it.</param>
    /// <param name="default">The value when none is given, such as <c>300 K</c>.</param>
    /// <param name="unit">The unit of the result: of time (fs to d), length (pm to m), temperature (K, C), pressure (Pa to GPa, bar, atm) or energy (kJ/mol, kcal/mol, eV, Eh).</param>
    /// <param name="minimum">The smallest value allowed, with or without a unit; null for any.</param>
    /// <param name="maximum">The largest value allowed, with or without a unit; null for any.</param>
    /// <param name="description">What it is.</param>
    /// <returns>The number in <paramref name="unit"/>; the default after a fault.</returns>
    /// <exception cref="ArgumentException">The unit is unknown, or the default or a bound is no quantity of its group.</exception>
    /// <remarks>A number without a unit is one in <paramref name="unit"/>. Spellings of one value give one key: <c>2 fs</c>, <c>0.002ps</c>.</remarks>
    public double Quantity(string name, string @default, string unit, string? minimum = null, string? maximum = null, string description = "")
    {
        var wanted = Units.Find(unit) ?? throw new ArgumentException($"'{unit}' is no unit of quantities.", nameof(unit));
        var value = Required(@default, wanted, nameof(@default));
        double? least = minimum is null ? null : Required(minimum, wanted, nameof(minimum)), most = maximum is null ? null : Required(maximum, wanted, nameof(maximum));
        var range = string.Join(' ', new[] { minimum is null ? null : $"from {Invariant.Text(least)} {unit}", maximum is null ? null : $"to {Invariant.Text(most)} {unit}" }.OfType<string>());
        return (double)ReadValue(name, value, $"{Invariant.Text(value)} {unit}", description, unit, $"a number{(range.Length > 0 ? " " : "")}{range} with a unit: {Units.Beside(wanted)}", text =>
            Units.Read(text, wanted) is { } number && !(number < least) && !(number > most) ? new Reading(number, $"{Invariant.Text(number)} {unit}") : null);
    }

    /// <summary>Declares a span of time, from femtoseconds to days.</summary>
    /// <param name="name">The name, as <c>--set</c> spells it.</param>
    /// <param name="default">The value when none is given, such as <c>10 ns</c> or <c>1 h</c>.</param>
    /// <param name="unit">The unit of the result: fs, ps, ns, us, ms, s, min, h or d.</param>
    /// <param name="minimum">The smallest value allowed; null for any that is not negative.</param>
    /// <param name="maximum">The largest value allowed; null for any.</param>
    /// <param name="description">What it is.</param>
    /// <returns>The number in <paramref name="unit"/>; the default after a fault.</returns>
    /// <exception cref="ArgumentException">The unit is none of time, or the default or a bound is no span of time.</exception>
    public double Duration(string name, string @default, string unit, string? minimum = null, string? maximum = null, string description = "") =>
        Units.Find(unit)?.Group == "time"
            ? Quantity(name, @default, unit, minimum ?? "0", maximum, description)
            : throw new ArgumentException($"'{unit}' is no unit of time.", nameof(unit));

    /// <summary>Declares a number of bytes.</summary>
    /// <param name="name">The name, as <c>--set</c> spells it.</param>
    /// <param name="default">The value when none is given, such as <c>512 MiB</c>.</param>
    /// <param name="description">What it is.</param>
    /// <returns>Bytes; the default after a fault.</returns>
    /// <exception cref="FormatException">The default is no size.</exception>
    public long Size(string name, string @default, string description = "")
    {
        var value = ByteSize.Parse(@default);
        return (long)ReadValue(name, value, $"{Invariant.Text(value)} B", description, "B", "a number with a unit: B, kB, MB, GB, TB, KiB, MiB, GiB, TiB", text =>
            ByteSize.TryParse(text) is { } bytes ? new Reading(bytes, $"{Invariant.Text(bytes)} B") : null);
    }

    /// <summary>Declares a list of texts, separated by commas.</summary>
    /// <param name="name">The name, as <c>--set</c> spells it.</param>
    /// <param name="default">The values when none are given.</param>
    /// <param name="description">What they are.</param>
    /// <returns>The values without space around them; none where nothing stands behind the name.</returns>
    public IReadOnlyList<string> Texts(string name, IReadOnlyList<string> @default, string description = "")
    {
        ArgumentNullException.ThrowIfNull(@default);
        return (IReadOnlyList<string>)ReadValue(name, @default, string.Join(',', @default), description, string.Empty, "texts, separated by commas, none of them empty", text => List(text, _ => true));
    }

    /// <summary>Declares a list of choices, separated by commas.</summary>
    /// <param name="name">The name, as <c>--set</c> spells it.</param>
    /// <param name="default">The values when none are given.</param>
    /// <param name="choices">The values allowed.</param>
    /// <param name="description">What they are.</param>
    /// <returns>The values in the order in which they were given; the default after a fault.</returns>
    public IReadOnlyList<string> Choices(string name, IReadOnlyList<string> @default, IReadOnlyList<string> choices, string description = "")
    {
        ArgumentNullException.ThrowIfNull(@default);
        ArgumentNullException.ThrowIfNull(choices);
        return (IReadOnlyList<string>)ReadValue(name, @default, string.Join(',', @default), description, string.Empty, $"some of {string.Join(", ", choices)}, separated by commas",
            text => List(text, value => choices.Contains(value, StringComparer.Ordinal)));
    }

    /// <summary>Declares a file that the user keeps. Only its content enters keys, of the steps that read it.</summary>
    /// <param name="name">The name, as <c>--set</c> spells it.</param>
    /// <param name="default">The file when none is given, relative to the workspace or absolute.</param>
    /// <param name="description">What it is.</param>
    /// <returns>The file, as an input or a template of steps; the default after a fault.</returns>
    public SourceFile File(string name, string @default, string description = "") =>
        (SourceFile)ReadValue(name, new SourceFile(@default), @default, description, string.Empty, "the path of a file, relative to the workspace or absolute", text =>
            text.Trim().Length > 0 ? new Reading(new SourceFile(text), text) : null);

    /// <summary>Reads a value; what is told of it is the same for all its spellings.</summary>
    private object ReadValue(string name, object @default, string defaultText, string description, string unit, string wanted, Func<string, Reading?> read)
    {
        var text = ReadText(name, defaultText, description);
        var isDefault = _declared[^1].Origin == ParameterInfo.DefaultOrigin;
        var reading = isDefault ? new Reading(@default, defaultText) : read(text);
        _declared[^1] = _declared[^1] with { Value = reading?.Text ?? text, Unit = unit, Range = wanted };
        if (reading is null)
        {
            Refuse(name, text, wanted);
        }

        return reading?.Value ?? @default;
    }

    private static Reading? List(string text, Func<string, bool> isAllowed)
    {
        string[] values = text.Trim().Length == 0 ? [] : text.Split(',', StringSplitOptions.TrimEntries);
        return Array.TrueForAll(values, value => value.Length > 0 && isAllowed(value)) ? new Reading(values, string.Join(',', values)) : null;
    }

    private static double Required(string text, Unit unit, string argument) =>
        Units.Read(text, unit) ?? throw new ArgumentException($"'{text}' is no {unit.Group} in one of {Units.Beside(unit)}.", argument);

    /// <summary>A value that was read.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Text">How it is told.</param>
    private sealed record Reading(object Value, string Text);
}
