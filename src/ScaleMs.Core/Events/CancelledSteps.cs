namespace ScaleMs.Core.Events;

/// <summary>What became of the wish to end some steps of a run.</summary>
/// <param name="Running">How many had begun and were told to end.</param>
/// <param name="NotBegun">How many will not begin; those among them that turn out to be up to date stay so.</param>
/// <param name="First">Names of some that had begun, for people.</param>
public sealed record CancelledSteps(int Running, int NotBegun, IReadOnlyList<string> First)
{
    /// <summary>So many are named at most.</summary>
    public const int MostNamed = 20;
}
