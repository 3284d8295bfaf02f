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
    private readonly IReadOnlyList<PartBounds> _parts;

    /// <summary>Makes the rule for all columns.</summary>
    /// <param name="absolute">The difference that is always allowed, in the unit of the table; finite, not negative.</param>
    /// <param name="relative">The difference that is allowed as a fraction of the former number; finite, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative or not finite.</exception>
    public ToleranceIdentity(double absolute = 0, double relative = 0)
        : this(Checked(absolute, relative), [], null)
    {
    }

    private ToleranceIdentity(Bounds bounds, IReadOnlyList<PartBounds> parts, FilterCommand? filter)
    {
        (_bounds, _parts, Filter) = (bounds, parts, filter);
        Name = $"tolerance({string.Join(';', parts.Select(part => part.Text).Prepend(bounds.Text))}){(filter is null ? string.Empty : $".through({filter.Name})")}";
    }

    /// <summary>The name under which the rule enters keys: the tolerances are in it.</summary>
    public string Name { get; }

    /// <summary>The command that prints the table; null where the file is one.</summary>
    public FilterCommand? Filter { get; }

    /// <summary>Compares what a command prints of the files, for those that are no text, such as trajectories.</summary>
    /// <param name="filter">The command; it is run over both files each time.</param>
    /// <returns>The rule for what it prints. Vectors as <c>gmx dump</c> prints them, <c>x[ 0]={ 1.0e+00, 2.0e+00}</c>, are rows of numbers.</returns>
    public ToleranceIdentity Through(FilterCommand filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new ToleranceIdentity(_bounds, _parts, filter);
    }

    /// <summary>Gives a column tolerances of its own.</summary>
    /// <param name="name">The name in the table, such as <c>Pressure</c>; a table without it is refused.</param>
    /// <param name="absolute">As for all columns.</param>
    /// <param name="relative">As for all columns.</param>
    /// <returns>The rule with this column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is negative or not finite.</exception>
    public ToleranceIdentity Column(string name, double absolute = 0, double relative = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return With(new PartBounds(name, 0, null, Checked(absolute, relative)));
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
        return With(new PartBounds(null, number, null, Checked(absolute, relative)));
    }

    /// <summary>Gives rows tolerances of their own, which go before those of columns.</summary>
    /// <param name="first">Their first field, such as <c>v[</c> for velocities that <c>gmx dump</c> prints.</param>
    /// <param name="absolute">As for all columns.</param>
    /// <param name="relative">As for all columns.</param>
    /// <returns>The rule with these rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is negative or not finite.</exception>
    public ToleranceIdentity Rows(string first, double absolute = 0, double relative = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(first);
        return With(new PartBounds(null, 0, first, Checked(absolute, relative)));
    }

    /// <summary>What keeps a table from being compared at all: a column that has a tolerance of its own is not there.</summary>
    /// <param name="names">The names of the table's columns; none where it names none.</param>
    /// <returns>The end of a sentence that begins with the file; null when nothing does.</returns>
    public string? ProblemOf(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return _parts.FirstOrDefault(part => part.Column is { } name && !names.Contains(name, StringComparer.Ordinal)) is { } missing
            ? $"has no column '{missing.Column}'; {(names.Count == 0 ? "it names none" : $"it has {string.Join(", ", names.Select(name => $"'{name}'"))}")}"
            : null;
    }

    /// <summary>The tolerance of a field.</summary>
    /// <param name="index">Its column, from 0.</param>
    /// <param name="names">The names of the table's columns.</param>
    /// <param name="row">Its row.</param>
    internal Bounds BoundsOf(int index, IReadOnlyList<string> names, TableRow row)
    {
        foreach (var part in _parts)
        {
            if (part.Has(index, names, row))
            {
                return part.Bounds;
            }
        }

        return _bounds;
    }

    /// <summary>Rows come first, so that they go before columns; then the order in which they were said does not count.</summary>
    private ToleranceIdentity With(PartBounds part) => new(
        _bounds,
        [.. _parts.Where(other => !other.IsOfTheSame(part)).Append(part).OrderBy(each => each.Row is null ? 1 : 0, Comparer<int>.Default).ThenBy(each => each.Text, StringComparer.Ordinal)],
        Filter);

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
}
