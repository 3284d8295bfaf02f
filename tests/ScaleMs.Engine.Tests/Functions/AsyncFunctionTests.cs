using ScaleMs.Core.Failures;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>Functions that are asynchronous: the step is done when the task is.</summary>
public sealed class AsyncFunctionTests : IDisposable
{
    private readonly CallingStudy _calls = new();

    private TestStudy Study => _calls.Study;

    public void Dispose() => _calls.Dispose();

    [Fact]
    public void Function_ThatReturnsLater_GivesItsValue() => Assert.Equal(7, _calls.ResultOf(step => step.Call(CalledFunctions.Later, 7)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Functions_OfEachForm_AreWaitedFor(bool areInProcess)
    {
        var report = Study.Run(steps =>
        {
            Step[] all =
            [
                steps.Step("a").Call(CalledFunctions.LaterInto, OutputFile.Named("out", publish: "a"), CancellationToken.None),
                steps.Step("b").Call(CalledFunctions.LaterByName).Output("out", publish: "b"),
                steps.Step("c").Call(CalledFunctions.LaterWithOptions, new CalledFunctions.Place("there")).Output("out", publish: "c"),
                steps.Step("d").Call(CalledFunctions.SquareOf, steps.Step("e").Call(CalledFunctions.Later, 3)).Publish("d").Step,
            ];
            _ = areInProcess ? all.Select(step => step.InProcess()).ToList() : [];
        });
        Assert.True(report.ExitCode == 0, string.Join(' ', report.Summary.Steps.Select(step => step.Failure)));
        Assert.Equal(("later", "by name", "there", "9\n"), (Study.Read("a"), Study.Read("b"), Study.Read("c"), Study.Read("d")));
    }

    [Fact]
    public void Function_ThatThrowsLater_FailsWithItsOwnWordsAndFrames()
    {
        var failure = _calls.FailureOf(steps => steps.Step("f").Call(CalledFunctions.LaterThrows, OutputFile.Named("x")));
        Assert.Equal("CalledFunctions.LaterThrows threw InvalidDataException: half of it", failure.Message);
        Assert.Contains(failure.LogTail!, line => line.Contains("CalledFunctions.LaterThrows", StringComparison.Ordinal));
        Assert.DoesNotContain(failure.LogTail!, line => line.Contains("ScaleMs.FunctionCall", StringComparison.Ordinal));
    }

    [Fact]
    public void Function_ThatReturnsNoTask_Fails() =>
        Assert.Contains("returned no task", _calls.FailureOf(steps => steps.Step("f").Call(CalledFunctions.LaterOfNothing, OutputFile.Named("x"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Function_ThatWaitsWithTheToken_ComesToItsEnd()
    {
        using var cancellation = new CancellationTokenSource();
        Study.Run(
            steps => steps.Step("f").ReportsProgress(() => new OnLine("waiting", cancellation.Cancel))
                .Call(CalledFunctions.LaterWaits, OutputFile.Named("x"), new CalledFunctions.Place(Study.PathOf("end")), CancellationToken.None),
            cancellation: cancellation.Token);
        Assert.Equal((Outcome.Cancelled, FailureClass.Cancelled), (Study.StepOf("t/f").Outcome, Study.StepOf("t/f").Failure!.Class));
        Assert.Equal("came to its end", Study.Read("end"));
    }

    /// <summary>What comes after the first wait is compiled into another method; it counts all the same.</summary>
    [Fact]
    public void Digest_OfWhatComesAfterAWait_Differs() => Compared.Changes(
        "public static class Study { public static async Task<int> Run(int n) { await Task.Yield(); return n + 1; } }", "n + 1", "n + 2", "<Run>d__~1.MoveNext");

    [Fact]
    public void Digest_OfAnAsynchronousMethod_StaysWhenALocalIsRenamed() => Compared.Same(
        "public static class Study { public static async Task<int> Run(int n) { var a = n; await Task.Yield(); return a + 1; } }",
        "public static class Study { static int Other() => 3; public static async Task<int> Run(int n) { var b = n; await Task.Yield(); return b + 1; } }");
}
