using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit;

namespace ScaleMs.Testing.Tests.Model;

/// <summary>
/// Plays scenarios made of random numbers. <c>SCALEMS_SEED</c> repeats a run, <c>SCALEMS_SCENARIOS</c> says how many there are. What CI plays is
/// the same each time; the search for new trouble is a command of its own (CONTRIBUTING.md).
/// </summary>
/// <param name="seed">The seed of every day.</param>
/// <param name="scenarios">How many scenarios there are every day.</param>
/// <param name="longest">How many numbers a scenario has at most.</param>
internal sealed class RandomScenarios(int seed, int scenarios, int longest)
{
    /// <summary>Plays them; the first that fails is shrunk and told with what happened in it.</summary>
    /// <param name="play">Plays one, and writes down what happens.</param>
    public void Play(Action<int[], List<string>> play)
    {
        var (chosen, count) = (Number("SCALEMS_SEED") ?? seed, Number("SCALEMS_SCENARIOS") ?? scenarios);
        TestContext.Current.TestOutputHelper?.WriteLine($"SCALEMS_SEED={chosen} SCALEMS_SCENARIOS={count}");
        var lists = Gen.Choose(10, longest).SelectMany(length => Gen.Choose(0, 9999).ArrayOf(length));
        var config = Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd((ulong)chosen, 1), FSharpOption<int>.None)));
        Check.One($"SCALEMS_SEED={chosen}", config, Prop.ForAll(Arb.From(lists, new Shrinking(TimeSpan.FromMinutes(1)).Of), numbers => PlayOne(numbers, play)));
    }

    private static void PlayOne(int[] numbers, Action<int[], List<string>> play)
    {
        var told = new List<string>();
        try
        {
            play([.. numbers.Select(number => Math.Abs(number % 10000))], told);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"[{string.Join(", ", numbers)}]\n{string.Join('\n', told)}\n{exception.Message}", exception);
        }
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
