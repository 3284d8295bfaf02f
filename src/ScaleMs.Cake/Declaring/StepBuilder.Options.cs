using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Options of recipes: what is out of its range is reported with recipe, package and places, and told with all other faults.</content>
public sealed partial class StepBuilder
{
    /// <summary>In a recipe: reports an option whose value is out of its range.</summary>
    /// <typeparam name="T">The option's type.</typeparam>
    /// <param name="value">The option, as <c>Threads</c>.</param>
    /// <param name="isAllowed">Whether the value is in its range.</param>
    /// <param name="range">What is allowed, such as <c>a whole number from 1</c>.</param>
    /// <param name="option">Filled in by the compiler: the option's name.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns><paramref name="isAllowed"/>, for a recipe that cannot go on with a bad value.</returns>
    public bool CheckOption<T>(
        T value, bool isAllowed, string range, [CallerArgumentExpression(nameof(value))] string option = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (!isAllowed)
        {
            _collector.Report(RecipeFaults.BadOption(_use?.Recipe ?? $"task '{_task}'", option, Told(value), range, At(file, line)));
        }

        return isAllowed;
    }

    /// <summary>In a recipe: reports an amount of memory that is none.</summary>
    /// <param name="value">The option, such as <c>1 GiB</c>; null for no claim.</param>
    /// <param name="option">Filled in by the compiler: the option's name.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The value as <see cref="Step.Resources"/> takes it; null after a fault.</returns>
    public string? CheckMemory(string? value, [CallerArgumentExpression(nameof(value))] string option = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        CheckOption(value, value is null || ByteSize.TryParse(value) is not null, "a number with a unit, such as 512 MiB or 2 GB", option, file, line) ? value : null;

    /// <summary>In a recipe: reports a time limit that is none.</summary>
    /// <param name="value">The option, as <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>; null for no limit.</param>
    /// <param name="option">Filled in by the compiler: the option's name.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The value as <see cref="Step.Resources"/> takes it; null after a fault.</returns>
    public string? CheckTimeLimit(string? value, [CallerArgumentExpression(nameof(value))] string option = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        CheckOption(value, value is null or "0" || Duration.TryParse(value) is not null, "a time as hh:mm:ss or d.hh:mm:ss", option, file, line) ? value : null;

    private static string Told<T>(T value) => value switch
    {
        null => "null",
        ICollection { Count: 0 } => "empty",
        ICollection list => $"'{string.Join(", ", list.Cast<object?>().Select(Invariant.Text))}'",
        _ => $"'{Invariant.Text(value)}'",
    };
}
