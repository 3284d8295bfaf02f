using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using ScaleMs.Testing.Tests.Model;
using Xunit;

namespace ScaleMs.Testing.Tests.Planning;

/// <summary>A reviewed plan on random workflows, with random edits between plan and apply. <c>SCALEMS_SEED</c> and <c>SCALEMS_SCENARIOS</c> as for the model test.</summary>
public sealed class AppliedPlanTests
{
    private const int EverydaySeed = 5;

    [Fact]
    public void Apply_OfRandomPlansAfterRandomEdits_RunsNothingButThePlanOrRefuses()
    {
        var seed = Number("SCALEMS_SEED") ?? EverydaySeed;
        var lists = Gen.Choose(10, 120).SelectMany(length => Gen.Choose(0, 9999).ArrayOf(length));
        var config = Config.QuickThrowOnFailure.WithMaxTest(Number("SCALEMS_SCENARIOS") ?? 300).WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd((ulong)seed, 1), FSharpOption<int>.None)));
        Check.One($"SCALEMS_SEED={seed}", config, Prop.ForAll(Arb.From(lists, new Shrinking(TimeSpan.FromMinutes(1)).Of), Play));
    }

    private static void Play(int[] numbers)
    {
        var scenario = new AppliedPlan([.. numbers.Select(number => Math.Abs(number % 10000))]);
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
