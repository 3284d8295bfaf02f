namespace ScaleMs.Recipes.Lammps.Tests;

public sealed class ThermoLogTests
{
    [Fact]
    public void Tables_OfARealLog_AreReadDigitByDigit()
    {
        var table = Assert.Single(ThermoLog.Read(TestFiles.Text("log.lammps").Split('\n')));
        Assert.Equal(["Step", "Temp", "PotEng", "TotEng", "Press"], table.Columns);
        Assert.Equal(["0", "3", "-6.7733681", "-2.2744931", "-3.7033504"], table.Rows[0]);
        Assert.Equal("2000", table.Rows[^1][0]);
        Assert.Equal(21, table.Rows.Count);
    }

    [Theory]
    [InlineData("runs that follow one another", "Step T|0 1.0|100 2.0|Loop time of|Step T|100 2.0|200 3.0|Loop time of", "0,100,200")]
    [InlineData("a run that was continued from step 100", "Step T|0 1.0|100 2.0|150 2.5|Step T|100 2.0|150 2.6|200 3.0|Loop time of", "0,100,150,200")]
    [InlineData("a run that was interrupted twice", "Step T|0 1.0|100 2.0|Step T|100 2.0|200 3.0|Step T|100 2.0|200 3.0|300 4.0|Loop time of", "0,100,200,300")]
    [InlineData("a warning among the rows", "Step T|0 1.0|WARNING: a bond is long|100 2.0|Loop time of", "0,100")]
    [InlineData("numbers that are none", "Step T|0 nan|100 -inf|Loop time of", "0,100")]
    [InlineData("rows of something else", "1 2|Step T|0 1.0|Loop time of|3 4", "0")]
    [InlineData("a run that counts from the start again", "Step T|0 1.0|100 2.0|Loop time of|Step T|0 5.0|Loop time of", "0,100;0")]
    [InlineData("other columns", "Step T|0 1.0|Loop time of|Step T P|0 1.0 2.0|Loop time of", "0;0")]
    [InlineData("no table", "Step|LAMMPS", "")]
    public void Tables_OfALogWith_AreThoseOfItsRuns(string what, string log, string steps)
    {
        var tables = ThermoLog.Read(log.Split('|'));
        Assert.True(steps == string.Join(';', tables.Select(table => string.Join(',', table.Rows.Select(row => row[0])))), what);
    }

    [Fact]
    public void Rows_OfAContinuedRun_AreTheLaterOnes()
    {
        var table = Assert.Single(ThermoLog.Read("Step T|0 1.0|100 2.0|150 2.5|Step T|100 2.0|150 2.6|Loop time of".Split('|')));
        Assert.Equal("2.6", table.Rows[^1][1]);
    }
}
