namespace ScaleMs.Testing.Tests.Model;

/// <summary>Decisions of a random scenario, taken from a list of numbers: a shorter list and smaller numbers are a simpler scenario, so it can be shrunk.</summary>
internal sealed class Choices(int[] numbers)
{
    private int _next;

    public bool AreLeft => _next < numbers.Length;

    /// <summary>A number from 0 to below a limit; 0 when the list is used up.</summary>
    public int Next(int limit) => AreLeft ? numbers[_next++] % limit : 0;

    public T Of<T>(IReadOnlyList<T> items) => items[Next(items.Count)];
}
