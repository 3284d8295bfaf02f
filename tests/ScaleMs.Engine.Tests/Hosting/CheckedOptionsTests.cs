using ScaleMs.Engine.Tests.NullRuns;
using Xunit;

namespace ScaleMs.Engine.Tests.Hosting;

/// <summary>Where a host takes no options but Cake's and ours, each means what <c>--help</c> says, whether anything has steps or not.</summary>
public sealed class CheckedOptionsTests
{
    private const string Plain = """
        public sealed class Md(ICakeContext context) : ScaleMsContext(context, home: "");
        [TaskName("Default")] public sealed class DefaultTask : FrostingTask<Md> { public override void Run(Md md) => Console.WriteLine("it ran"); }
        """;

    [Theory]
    [InlineData("ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>())", false)]
    [InlineData("new CakeHost().UseContext<Md>().RunScaleMs(args)", false)]
    [InlineData("new CakeHost().UseContext<Md>().UseScaleMs().Run(args)", true)]
    public void Plan_InABuildWithoutSteps_ExecutesNothingWhereTheHostChecksItsOptions(string host, bool runs)
    {
        using var study = new StudyHost($"return {host};\n{Plain}");
        var (code, output) = study.Run("--plan");
        Assert.Equal((0, runs), (code, output.Contains("it ran", StringComparison.Ordinal)));
    }
}
