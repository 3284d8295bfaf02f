using System.Globalization;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Scheduling;

/// <summary>Words for a step that asks for more than there is.</summary>
public static class Shortage
{
    private const double Gibi = 1L << 30;

    /// <summary>Tells of what a step asks too much.</summary>
    /// <param name="wanted">What it asks for.</param>
    /// <param name="capacity">What there is; memory of 0 is unknown.</param>
    /// <returns>Such as <c>32 cores of 16</c>; null when there is enough of everything.</returns>
    public static string? Of(Resources wanted, Resources capacity)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(capacity);
        var shortages = new List<string>();
        Add(wanted.Cpus, capacity.Cpus, "cores");
        Add(capacity.MemoryBytes == 0 ? 0 : wanted.MemoryBytes / Gibi, capacity.MemoryBytes / Gibi, "GiB of memory");
        Add(wanted.Gpus, capacity.Gpus, "graphics processors");
        foreach (var (name, count) in wanted.Tokens ?? new Dictionary<string, int>())
        {
            Add(count, capacity.Tokens?.GetValueOrDefault(name, count) ?? count, $"tokens '{name}'");
        }

        return shortages.Count == 0 ? null : string.Join(" and ", shortages);

        void Add(double asked, double there, string what)
        {
            if (asked > there)
            {
                shortages.Add(string.Create(CultureInfo.InvariantCulture, $"{asked:0.##} {what} of {there:0.##}"));
            }
        }
    }
}
