using ScaleMs.Engine.Tests.NullRuns;
using Xunit;

namespace ScaleMs.Engine.Tests.Admitting;

/// <summary>What the command line says the steps may use at once.</summary>
public sealed class CapacityOptionsTests : IDisposable
{
    private const string Source = """
        return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());

        public sealed class Md(ICakeContext context) : ScaleMsContext(context, home: "") { }

        [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md md)
            {
                for (var i = 0; i < 3; i++)
                {
                    steps.Step("s" + i).Tool("sh").Run("sh", "-c", "echo $CUDA_VISIBLE_DEVICES > out; : " + i)
                        .Resources(memory: "2 GiB", gpus: 1).Token("licence", 2).Output("out", publish: $"s{i}.txt");
                }
            }
        }
        """;

    private static readonly (string, string?)[] s_unrestricted = [("CUDA_VISIBLE_DEVICES", null), ("ROCR_VISIBLE_DEVICES", null)];

    private readonly StudyHost _host = new(Source);

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Options_OfCapacity_AreHeeded()
    {
        var (code, output) = _host.Run(s_unrestricted, "--jobs=4", "--memory=1GiB", "--gpus", "2", "--tokens=licence=1", "--tokens=lisence=3,disk=1");
        Assert.True(code == 0, output);
        Assert.All(Enumerable.Range(0, 3), i => Assert.Contains(File.ReadAllText(_host.PathOf($"s{i}.txt")).Trim(), (string[])["0", "1"]));
        Assert.Contains("asks for 2 GiB of memory of 1 and 2 tokens 'licence' of 1; such steps get all there is", output, StringComparison.Ordinal);
        Assert.Contains("no step asks for the token 'lisence' of --tokens; did you mean 'licence'?", output, StringComparison.Ordinal);
        Assert.Contains("no step asks for the token 'disk' of --tokens", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OfCapacityThatCannotBe_AreToldAllAtOnce()
    {
        var (code, output) = _host.Run([("CUDA_VISIBLE_DEVICES", "")], "--memory=16", "--gpus=1", "--tokens=licence", "--tokens", "disk=0", "--jobs=0");
        Assert.Equal(2, code);
        Assert.Contains("error SMS2002: option '--memory' cannot be '16'", output, StringComparison.Ordinal);
        Assert.Contains("give a number and a unit, such as 16GiB or 512MB", output, StringComparison.Ordinal);
        Assert.Contains("error SMS2002: option '--gpus' cannot be '1': CUDA_VISIBLE_DEVICES leaves 0 of this machine's graphics processors", output, StringComparison.Ordinal);
        Assert.Contains("error SMS2002: option '--tokens' cannot be 'licence'", output, StringComparison.Ordinal);
        Assert.Contains("error SMS2002: option '--tokens' cannot be 'disk=0'", output, StringComparison.Ordinal);
        Assert.Contains("give names and counts of at least 1, such as licence=2,disk=4", output, StringComparison.Ordinal);
        Assert.Contains("error SMS2002: option '--jobs' cannot be '0'", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Gpus_BeyondAThousand_AreRefused() => Assert.Contains("give a whole number from 0 to 1000", _host.Run("--gpus=many").Output, StringComparison.Ordinal);
}
