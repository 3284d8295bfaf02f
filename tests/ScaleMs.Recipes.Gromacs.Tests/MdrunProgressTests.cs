using ScaleMs.Core.Model;

namespace ScaleMs.Recipes.Gromacs.Tests;

public sealed class MdrunProgressTests
{
    [Fact]
    public void Read_WholeRun_TellsTotalStepsAndFinalRate()
    {
        var told = Read(TestFiles.Lines("prod.mdrun.txt"));
        Assert.Equal(
            [(0, 200), (0, 200), (100, 200), (200, 200), (200, 200)],
            told.Select(progress => (progress.Done, progress.Total)));
        Assert.All(told, progress => Assert.Equal("steps", progress.Unit));

        // 0.4 ps are printed with one digit: too few for a live rate, but the last line tells it.
        Assert.All(told.SkipLast(1), progress => Assert.Equal("", progress.Rate));
        Assert.Equal("19.7 ns/day", told[^1].Rate);
    }

    [Fact]
    public void Read_StepsOneSecondApart_TellsNanosecondsPerDay()
    {
        // 100 steps of 2 fs each second: 0.2 ps/s x 86,400 s = 17.28 ns
        var told = Read(TestFiles.Lines("maxh.mdrun.txt"));
        Assert.Equal([0, 0, 100, 200, 300, 400, 500, 520], told.SkipLast(1).Select(progress => progress.Done));
        Assert.All(told, progress => Assert.Equal(1500, progress.Total));
        Assert.Equal(["", "", "17.3 ns/day", "17.3 ns/day"], told.Take(4).Select(progress => progress.Rate));
        Assert.Equal((520, "21.5 ns/day"), (told[^1].Done, told[^1].Rate));
    }

    [Fact]
    public void Read_ContinuedRun_CountsFromTheStartButRatesOnlyWhatItDid()
    {
        var told = Read(TestFiles.Lines("continued.mdrun.txt"));
        Assert.Equal((160, 600, ""), (told[0].Done, told[0].Total, told[0].Rate));
        Assert.Equal((160, ""), (told[1].Done, told[1].Rate));

        // 40 steps in the first second, 140 in two.
        Assert.Equal(["6.9 ns/day", "12.1 ns/day"], told.Skip(2).Take(2).Select(progress => progress.Rate));
        Assert.Equal((600, "30.0 ns/day"), (told[^1].Done, told[^1].Rate));
    }

    [Fact]
    public void Read_Minimisation_TellsStepsAndForce()
    {
        var told = Read(TestFiles.Lines("em.mdrun.txt"));
        Assert.Equal((0, 50), (told[0].Done, told[0].Total));
        Assert.Equal((50, 50, "Fmax 2.39257e+04 kJ/mol/nm"), (told[^1].Done, told[^1].Total, told[^1].Rate));
        Assert.Contains(told, progress => progress.Done == 43); // a refused step: ends with a carriage return
    }

    [Fact]
    public void Read_LongRun_TellsStepsToo() =>
        Assert.Equal(new Progress(400, 0, "steps"), new MdrunProgress().Read("step 400, will finish Sat Nov 21 05:19:50 2026", TimeSpan.Zero));

    [Theory]
    [InlineData("step 0: One or more water molecules can not be settled.")]
    [InlineData("Step 480: Run time exceeded 0.001 hours, will terminate the run within 40 steps")]
    [InlineData("Reading file prod.tpr, VERSION 2022.5-Debian_2022.5_2 (single precision)")]
    [InlineData("Back Off! I just backed up run.log to ./#run.log.1#")]
    [InlineData("")]
    public void Read_OtherLine_TellsNothing(string line) => Assert.Null(new MdrunProgress().Read(line, TimeSpan.Zero));

    [Fact]
    public void Read_RealRun_EndsAtTheLastStep()
    {
        InstalledGmx.IsNeeded();
        using var run = new WaterBox(1);
        var told = Read(run.Progress.Split('\n', '\r'));
        Assert.Equal((100, 100), (told[^1].Done, told[^1].Total));
        Assert.EndsWith(" ns/day", told[^1].Rate, StringComparison.Ordinal);
    }

    /// <summary>Reads lines as if each step line came a second after the one before.</summary>
    private static List<Progress> Read(IEnumerable<string> lines)
    {
        var (reader, elapsed, told) = (new MdrunProgress(), TimeSpan.Zero, new List<Progress>());
        foreach (var line in lines)
        {
            elapsed += line.StartsWith("step", StringComparison.Ordinal) ? TimeSpan.FromSeconds(1) : TimeSpan.Zero;
            if (reader.Read(line, elapsed) is { } progress)
            {
                told.Add(progress);
            }
        }

        return told;
    }
}
