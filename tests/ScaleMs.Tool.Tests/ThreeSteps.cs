using ScaleMs.Core.Model;
using ScaleMs.Engine.Tests;

namespace ScaleMs.Tool.Tests;

/// <summary>A chain of two steps and one beside it; the last file of each is published.</summary>
internal static class ThreeSteps
{
    public static Action<StepBuilder> Of(string beside = "echo beside > out") => steps =>
    {
        var first = steps.Shell("first", "cat in in in > out").Input("in", new SourcePath("in.txt"), null).Output("out");
        steps.Shell("second", "tr a-z A-Z < in > out").Input("in", first["out"]).Output("out", publish: "results/second.txt");
        steps.Shell("third", beside).Output("out", publish: "results/third.txt");
    };
}
