using System.Globalization;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Explaining;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Benchmarks.Micro;

/// <summary>Chains of ten function steps that begin with one source file, and the records of a run that executed them.</summary>
internal static class SampleSteps
{
    public const string Source = "in.txt";
    private const string Task = "all";
    private const int Chain = 10;
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Digest SourceBytes = Digest.OfText("source");
    private static readonly ArtifactPath Output = ArtifactPath.Parse("out.txt");

    /// <summary>A definition of so many steps.</summary>
    public static WorkflowDefinition Definition(int count) =>
        new([new WorkflowTask(Task, [], IsPlain: false)], [.. Enumerable.Range(0, count).Select(Step)], []);

    /// <summary>The id of a number's step.</summary>
    public static StepId Id(int number) => new(Task, "step", $"n={Text(number)}");

    /// <summary>The step of a number; its input is the step before it, or the source at the head of a chain.</summary>
    public static StepInstance Step(int number) => new()
    {
        Id = Id(number),
        Operation = new Operation.Function("Sample.Copy", "Sample|Sample|Copy()", "c0de", [], [new("number", Text(number))]),
        Inputs = [new Input(ArtifactPath.Parse("in.txt"), IsHead(number) ? new InputSource.SourceFile(Source) : new InputSource.StepOutput(Id(number - 1), Output), ContentIdentity.Bytes)],
        Outputs = [new Output(Output, OutputIdentity.Bytes, null)],
    };

    /// <summary>The step with its input resolved.</summary>
    /// <param name="number">The step.</param>
    /// <param name="source">The source file's digest.</param>
    public static ClosedAction Close(int number, Digest? source = null) =>
        new(Step(number), [new InputIdentity(IsHead(number) ? source ?? SourceBytes : Bytes(number - 1), "bytes", 1)], [], [], []);

    /// <summary>The components of a step's key after its declaration was edited, with the note of where its input comes from.</summary>
    public static IReadOnlyList<KeyComponent> Changed(int number)
    {
        var step = Step(number) with { Parameters = [new("cutoff", "1.2")] };
        var action = Close(number) with { Step = step, Inputs = [new InputIdentity(Digest.OfText("edited"), "bytes", 1)] };
        var input = step.Inputs[0];
        return [.. KeyEncoder.ComponentsOf(action), input.Source is InputSource.StepOutput made ? KeyNote.OfStep(input.Name, made) : KeyNote.OfFile(input.Name, Source, 7)];
    }

    /// <summary>What a run that executed a step leaves.</summary>
    public static StoreRecord[] Records(int number, Digest? source = null)
    {
        var (key, components) = KeyEncoder.Encode(Close(number, source));
        var result = new ActionResult
        {
            Key = key,
            Step = Id(number),
            Outputs = [new OutputRecord(Output, Bytes(number), 1024, Bytes(number), "bytes", 1, false)],
            Components = components,
            RunId = "run-1",
            FinishedAt = Begin.AddSeconds(number),
            WallSeconds = 0.002,
            CpuSeconds = 0.001,
            PeakMemoryBytes = 1 << 21,
            ExitCode = 0,
            Attempts = [new(1, Begin, 0.002, "done")],
            Launcher = "local",
            Host = "host",
            IsContinued = false,
            Log = default,
        };
        return [result, new StepStateRecord(Id(number), key, "run-1", Begin.AddSeconds(number))];
    }

    private static bool IsHead(int number) => number % Chain == 0;

    private static Digest Bytes(int number) => Digest.OfText($"bytes {Text(number)}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
