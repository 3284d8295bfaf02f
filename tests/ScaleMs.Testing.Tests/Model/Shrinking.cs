using System.Diagnostics;

namespace ScaleMs.Testing.Tests.Model;

/// <summary>Simpler lists of numbers: shorter ones first, then such with zeros. It gives up after a time, because a failure is worth more than its shortest form.</summary>
internal sealed class Shrinking(TimeSpan limit)
{
    private readonly Stopwatch _since = new();

    public IEnumerable<int[]> Of(int[] numbers)
    {
        _since.Start();
        return Shorter(numbers).Concat(Simpler(numbers)).TakeWhile(_ => _since.Elapsed < limit);
    }

    private static IEnumerable<int[]> Shorter(int[] numbers)
    {
        for (var length = (numbers.Length + 1) / 2; length > 0 && numbers.Length > 0; length = length == 1 ? 0 : (length + 1) / 2)
        {
            for (var start = numbers.Length - length; start >= 0; start -= length)
            {
                yield return [.. numbers[..start], .. numbers[(start + length)..]];
            }
        }
    }

    private static IEnumerable<int[]> Simpler(int[] numbers) => Enumerable.Range(0, numbers.Length)
        .Where(i => numbers[i] != 0)
        .Select(i => numbers.Select((number, j) => i == j ? 0 : number).ToArray());
}
