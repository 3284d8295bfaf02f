using System.Globalization;

namespace ScaleMs.Core.Identity;

/// <summary>How far a number may be from another that stands for it.</summary>
/// <param name="Absolute">The difference that is always allowed.</param>
/// <param name="Relative">The difference that is allowed for each unit of the other's magnitude.</param>
internal sealed record Bounds(double Absolute, double Relative)
{
    /// <summary>The name under which they enter keys.</summary>
    public string Text => $"{Text17(Absolute)}|{Text17(Relative)}";

    /// <summary>The larger of the two at a number.</summary>
    public double At(double former) => Math.Max(Absolute, Relative * Math.Abs(former));

    /// <summary>Whether a number is near enough. A tolerance is written in decimals, so the rounding of the two numbers does not count against them.</summary>
    public bool Hold(double former, double made)
    {
        var (difference, most) = (Math.Abs(made - former), At(former));
        return difference <= most || (most > 0 && difference - most <= 2 * UnitIn(Math.Max(Math.Abs(former), Math.Abs(made))));
    }

    private static double UnitIn(double magnitude) => Math.BitIncrement(magnitude) - magnitude;

    private static string Text17(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
