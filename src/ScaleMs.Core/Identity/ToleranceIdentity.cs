using System.Globalization;

namespace ScaleMs.Core.Identity;

/// <summary>When a table of numbers that is made again counts as the one that stands for it: each number within a tolerance, everything else as it was.</summary>
/// <remarks>
/// <para>
/// A number is within when it differs by no more than the absolute tolerance, or by no more than the relative one times the former number. A number that is not finite
/// never is. Other text, the columns and the number of rows must be equal; lines that begin with <c>#</c> and empty lines do not count.
/// </para>
/// <para>
/// It reads <c>.xvg</c>, <c>.csv</c> (also with semicolons or tabulators; a quoted field ends on its line), and whatever else has numbers between blanks. Columns have the names of the legends of
/// an <c>.xvg</c>, of a line of names, or of the last comment before the numbers. Immutable.
/// </para>
/// </remarks>
public sealed class ToleranceIdentity
{
    private readonly Bounds _bounds;
    private readonly IReadOnlyList<ColumnBounds> _columns;

    /// <summary>Makes the rule for all columns.</summary>
    /// <param name="absolute">The difference that is always allowed, in the unit of the table; finite, not negative.</param>
    /// <param name="relative">The difference that is allowed as a fraction of the former number; finite, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative or not finite.</exception>
    public ToleranceIdentity(double absolute = 0, double relative = 0)
        : this(Checked(absolute, relative), [])
    {
    }

    private ToleranceIdentity(Bounds bounds, IReadOnlyList<ColumnBounds> columns)
    {
        (_bounds, _columns) = (bounds, columns);
        Name = $"tolerance({string.Join(';', columns.Select(column => column.Text).Prepend(bounds.Text))})";
    }

    /// <summary>The name under which the rule enters keys: the tolerances are in it.</summary>
    public string Name { get; }

    /// <summary>Gives a column tolerances of its own.</summary>
    /// <param name="name">The name in the table, such as <c>Pressure</c>; a table without it is refused.</param>
    /// <param name="absolute">As for all columns.</param>
    /// <param name="relative">As for all columns.</param>
    /// <returns>The rule with this column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is negative or not finite.</exception>
    public ToleranceIdentity Column(string name, double absolute = 0, double relative = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return With(new ColumnBounds(name, 0, Checked(absolute, relative)));
    }

    /// <summary>Gives a column tolerances of its own, for tables without names.</summary>
    /// <param name="number">The number of the column, from 1.</param>
    /// <param name="absolute">As for all columns.</param>
    /// <param name="relative">As for all columns.</param>
    /// <returns>The rule with this column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1, or a tolerance is negative or not finite.</exception>
    public ToleranceIdentity Column(int number, double absolute = 0, double relative = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        return With(new ColumnBounds(null, number, Checked(absolute, relative)));
    }

    /// <summary>What keeps a table from being compared at all: a column that has a tolerance of its own is not there.</summary>
    /// <param name="names">The names of the table's columns; none where it names none.</param>
    /// <returns>The end of a sentence that begins with the file; null when nothing does.</returns>
    public string? ProblemOf(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return _columns.FirstOrDefault(column => column.Name is { } name && !names.Contains(name, StringComparer.Ordinal)) is { } missing
            ? $"has no column '{missing.Name}'; {(names.Count == 0 ? "it names none" : $"it has {string.Join(", ", names.Select(name => $"'{name}'"))}")}"
            : null;
    }

    /// <summary>The tolerance of a column.</summary>
    /// <param name="index">The column, from 0.</param>
    /// <param name="names">The names of the table's columns.</param>
    internal Bounds BoundsOf(int index, IReadOnlyList<string> names)
    {
        foreach (var column in _columns)
        {
            if (column.Name is null ? column.Number == index + 1 : index < names.Count && names[index] == column.Name)
            {
                return column.Bounds;
            }
        }

        return _bounds;
    }

    private ToleranceIdentity With(ColumnBounds column) => new(
        _bounds,
        [.. _columns.Where(other => (other.Name, other.Number) != (column.Name, column.Number)).Append(column).OrderBy(each => each.Text, StringComparer.Ordinal)]);

    private static Bounds Checked(double absolute, double relative)
    {
        ThrowIfNoTolerance(absolute, nameof(absolute));
        ThrowIfNoTolerance(relative, nameof(relative));
        return new Bounds(absolute, relative);
    }

    private static void ThrowIfNoTolerance(double value, string name)
    {
        if (!double.IsFinite(value) || value < 0)
        {
            throw new ArgumentOutOfRangeException(name, value, "A tolerance is finite and not negative.");
        }
    }

    private sealed record ColumnBounds(string? Name, int Number, Bounds Bounds)
    {
        public string Text => $"{(Name is null ? Number.ToString(CultureInfo.InvariantCulture) : QuotedText.Of(Name))}={Bounds.Text}";
    }
}
