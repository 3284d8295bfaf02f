namespace ScaleMs.Recipes.Lammps.Tests;

public sealed class ScriptProgressTests
{
    private readonly ScriptProgress _reader = new();

    [Theory]
    [InlineData("run 2000", 2000)]
    [InlineData("run          500 upto", 500)]
    [InlineData("run 300 every 100 NULL", 300)]
    [InlineData("minimize 1.0e-4 1.0e-6 100 1000", 100)]
    public void Progress_OfACommand_TellsTheTotal(string command, long total) => Assert.Equal((0, total), Read(command, 0));

    [Theory]
    [InlineData("run ${STEPS} upto")]
    [InlineData("      100   1.6570  -4.78  -2.27  5.80")]
    [InlineData("Loop time of 4.65 on 1 procs for 2000 steps with 4000 atoms")]
    [InlineData("")]
    public void Progress_OfALineThatTellsNone_IsNone(string line) => Assert.Null(_reader.Read(line, TimeSpan.Zero));

    [Fact]
    public void Progress_OfRows_TellsStepAndRate()
    {
        Read("run 2000", 0);
        Read("Step Temp PotEng", 1);
        Assert.Equal((0, 2000), Read("       0            3   -6.7733681", 1));
        Assert.Equal((500, 2000), Read("     500    1.6439064   -4.7376571", 3));
        Assert.Equal("250 steps/s", _reader.Read("     500    1.6439064   nan", TimeSpan.FromSeconds(3))!.Rate);
    }

    [Fact]
    public void Progress_OfASecondRun_CountsOn()
    {
        Read("run 100", 0);
        Read("Step Temp", 0);
        Read("100 1.5", 1);
        Read("Loop time of 1", 1);
        Assert.Equal((100, 150), Read("run 50", 1));
        Assert.Equal((100, 400), Read("run 400 upto", 1));
    }

    private (long Done, long Total) Read(string line, double seconds)
    {
        var progress = _reader.Read(line, TimeSpan.FromSeconds(seconds));
        return (progress?.Done ?? -1, progress?.Total ?? -1);
    }
}
