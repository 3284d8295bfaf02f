namespace ScaleMs.Recipes.Analysis.Tests;

public sealed class DataTableTests
{
    [Theory]
    [InlineData("Step,Temp\n0,3\n50,1.5\n")]
    [InlineData("# made by hand\nStep Temp\n0 3\n\n  50\t1.5\n")]
    [InlineData("@ title \"x\"\nStep , Temp\n0, 3\n50, 1.5e0")]
    public void Table_WithNames_IsReadByNameAndNumber(string text)
    {
        var table = DataTable.Read(text.Split('\n'));
        Assert.Equal(["Step", "Temp"], table.Columns);
        Assert.Equal([3, 1.5], table.Numbers("Temp"));
        Assert.Equal([0, 50], table.Numbers("1"));
        Assert.StartsWith("Step,Temp\n0,3\n", table.ToCsv(), StringComparison.Ordinal);
    }

    [Fact]
    public void Table_WithoutNames_HasNumberedOnes()
    {
        var table = DataTable.Read(["0 1.5", "1 2.5"]);
        Assert.Equal(["column_1", "column_2"], table.Columns);
        Assert.Equal([1.5, 2.5], table.Numbers("2"));
        Assert.Equal(table.Columns, DataTable.Read(table.ToCsv().Split('\n')).Columns);
    }

    [Fact]
    public void Table_WithTextInRows_IsReadBesideIt() => Assert.Equal([1, 2], DataTable.Read(["member,n", "a,1", "b,2"]).Numbers("n"));

    [Theory]
    [InlineData("", "'gyrate.xvg' holds no rows")]
    [InlineData("Step,Temp", "'gyrate.xvg' holds no rows")]
    [InlineData("Step,Temp\n1,2\n1", "Row 3 of 'gyrate.xvg' has 1 columns, and the first line 2")]
    public void Text_ThatIsNoTable_IsRefused(string text, string what) =>
        Assert.Contains(what, Assert.Throws<FormatException>(() => DataTable.Read(text.Split('\n'), "gyrate.xvg")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Tmp", "has no column 'Tmp'; it has Step, Temp")]
    [InlineData("3", "has no column '3'")]
    [InlineData("0", "has no column '0'")]
    [InlineData("Temp", "'hot' in column 'Temp' is not a number")]
    public void Column_ThatIsNoneOfNumbers_IsRefused(string column, string what) =>
        Assert.Contains(what, Assert.Throws<FormatException>(() => DataTable.Read(["Step,Temp", "1,hot"]).Numbers(column)).Message, StringComparison.Ordinal);
}
