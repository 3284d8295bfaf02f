using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit;

namespace ScaleMs.Testing.Tests.Model;

/// <summary>
/// The engine against the reference on random workflows and random edits. <c>SCALEMS_SEED</c> repeats a run, <c>SCALEMS_SCENARIOS</c>
/// says how many scenarios there are (200 when not set).
/// </summary>
public sealed class ModelTests
{
    /// <summary>What CI plays is the same each time; the search for new trouble is a command of its own (CONTRIBUTING.md).</summary>
    private const int EverydaySeed = 11;

    [Fact]
    public void Engine_OnRandomWorkflowsAndEdits_AgreesWithTheReference()
    {
        var seed = Number("SCALEMS_SEED") ?? EverydaySeed;
        var scenarios = Number("SCALEMS_SCENARIOS") ?? 200;
        TestContext.Current.TestOutputHelper?.WriteLine($"SCALEMS_SEED={seed} SCALEMS_SCENARIOS={scenarios}");
        var lists = Gen.Choose(10, 200).SelectMany(length => Gen.Choose(0, 9999).ArrayOf(length));
        var shrinkable = Arb.From(lists, new Shrinking(TimeSpan.FromMinutes(1)).Of);
        var config = Config.QuickThrowOnFailure.WithMaxTest(scenarios).WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd((ulong)seed, 1), FSharpOption<int>.None)));
        Check.One($"SCALEMS_SEED={seed}", config, Prop.ForAll(shrinkable, Play));
    }

    private static void Play(int[] numbers)
    {
        var scenario = new Scenario([.. numbers.Select(number => Math.Abs(number % 10000))]);
        try
        {
            scenario.Play();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"[{string.Join(", ", numbers)}]\n{string.Join('\n', scenario.Told)}\n{exception.Message}", exception);
        }
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
