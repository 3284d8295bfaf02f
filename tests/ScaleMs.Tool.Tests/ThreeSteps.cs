using ScaleMs.Engine.Tests;

namespace ScaleMs.Tool.Tests;

/// <summary>A chain of two steps and one beside it; the last file of each is published.</summary>
internal static class ThreeSteps
{
    public const string All = "t/first t/second t/third";

    public static Action<StepBuilder> Of(string beside = "echo beside > out.txt") => steps =>
    {
        var first = steps.Shell("first", "cat in.txt in.txt > out.txt").Input("in.txt", new SourceFile("in.txt")).Output("out.txt");
        steps.Shell("second", "tr a-z A-Z < in.txt > out.txt").Input("in.txt", first.File("out.txt")).Output("out.txt", publish: "results/second.txt");
        steps.Shell("third", beside).Output("out.txt", publish: "results/third.txt");
    };
}
