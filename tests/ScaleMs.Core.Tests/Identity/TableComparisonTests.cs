using ScaleMs.Core.Identity;
using Xunit;

namespace ScaleMs.Core.Tests.Identity;

/// <summary>A case for each thing that can differ between a table and the one that stands for it.</summary>
public sealed class TableComparisonTests
{
    private const string Energies = """
        # gmx energy was run at Sat Nov 21 20:00:00 2026 by somebody
        @    title "GROMACS Energies"
        @    xaxis  label "Time (ps)"
        @ s0 legend "Temperature"
        @ s1 legend "Pressure"
            0.000000  300.0   1.013
            1.000000  301.5  -2.500
        """;

    private static readonly ToleranceIdentity Near = new(absolute: 0.005);

    public static TheoryData<string, string, string> Equal => new()
    {
        { "nothing differs", Energies, Energies },
        { "another date", Energies, Energies.Replace("20:00:00", "21:30:00", StringComparison.Ordinal) },
        { "within", Energies, Energies.Replace("1.013", "1.018", StringComparison.Ordinal) },
        { "at the bound, which no binary number is", "1.013", "1.008" },
        { "another form of the same number", "1.5 2", "1.50 2e0" },
        { "line ends and empty lines", "1\n2\n", "1\r\n\r\n2" },
        { "blanks", "1  2\n", "  1 2 \n" },
        { "csv", "time,p\n0,1.013\n", "time,p\n0,1.014\n" },
        { "semicolons", "time;p\n0;1.013\n", "time;p\n0;1.014\n" },
        { "tabulators", "0\t1.013\tx\n", "0\t1.014\tx\n" },
        { "equal text", "a,1\n", "a,1.001\n" },
        { "quoted text with the delimiter", "\"a,b\",1\n", "\"a,b\",1.001\n" },
        { "a frame as gmx dump prints it", "   x (2x3):\n      x[    0]={ 1.0e+00, -2.0e+00,  3.0e+00}\n", "   x (2x3):\n      x[    0]={ 1.001e+00, -2.0e+00,  3.0e+00}\n" },
        { "a structure", "Water t= 1.0 step= 50\n    1SOL     OW    1   0.230   0.628   0.113\n", "Water t= 1.0 step= 50\n    1SOL     OW    1   0.231   0.628   0.113\n" },
        { "nothing at all", string.Empty, "# a remark\n" },
    };

    public static TheoryData<string, string, string> Different => new()
    {
        { Energies, Energies.Replace("1.013", "1.027", StringComparison.Ordinal), "Pressure in e.xvg row 1: 1.013 → 1.027, tolerance 0.005" },
        { Energies, Energies.Replace("-2.500", "-2.506", StringComparison.Ordinal), "Pressure in e.xvg row 2: -2.500 → -2.506, tolerance 0.005" },
        { Energies, Energies.Replace("1.0000", "1.1000", StringComparison.Ordinal), "Time (ps) in e.xvg row 2: 1.000000 → 1.100000, tolerance 0.005" },
        { "SOL OW 2\n", "SOL OW 3\n", "column 3 in e.xvg row 1 (SOL OW): 2 → 3, tolerance 0.005" },
        { "1 2\n", "1 3\n", "column 2 in e.xvg row 1: 2 → 3, tolerance 0.005" },
        { "time,p\n0,1\n", "time,p\n0,2\n", "p in e.xvg row 1: 1 → 2, tolerance 0.005" },
        { "# time p\n0 1\n", "# time p\n0 2\n", "p in e.xvg row 1: 1 → 2, tolerance 0.005" },
        { "#! FIELDS time phi\n#! SET a 1\n0 1\n", "#! FIELDS time phi\n#! SET a 1\n0 2\n", "phi in e.xvg row 1: 1 → 2, tolerance 0.005" },
        { "1\n2\n", "1\n", "e.xvg ends after row 1, and went on before" },
        { "1\n", "1\n2\n", "e.xvg goes on after row 1, and ended there before" },
        { "1 2\n", "1 2 3\n", "e.xvg row 1 has 3 fields, 2 before" },
        { "1,,2\n", "1,2,\n", "text in e.xvg row 1: '' → '2'" },
        { "1\t\t2\n", "1\t2\t\n", "text in e.xvg row 1: '' → '2'" },
        { "x[ 0]={ 1, , 2}\n", "x[ 0]={ 1, 2, }\n", "text in e.xvg row 1: '' → '2'" },
        { "1 nan\n", "1 2\n", "column 2 in e.xvg row 1: nan → 2, which cannot be compared" },
        { "1 NaN\n", "1 NaN\n", "column 2 in e.xvg row 1: NaN → NaN, which cannot be compared" },
        { "1 inf\n", "1 inf\n", "column 2 in e.xvg row 1: inf → inf, which cannot be compared" },
        { "1 2\n", "1 -Infinity\n", "column 2 in e.xvg row 1: 2 → -Infinity, which cannot be compared" },
        { "1 2\n", "1 1e999\n", "column 2 in e.xvg row 1: 2 → 1e999, which cannot be compared" },
        { "1 -nan(0x8)\n", "1 -nan(0x8)\n", "column 2 in e.xvg row 1: -nan(0x8) → -nan(0x8), which cannot be compared" },
        { "1 abc\n", "1 abd\n", "text in e.xvg row 1: 'abc' → 'abd'" },
        { "1 12:30:01\n", "1 12:30:02\n", "text in e.xvg row 1: '12:30:01' → '12:30:02'" },
        { "1 2026-01-01\n", "1 2026-01-02\n", "text in e.xvg row 1: '2026-01-01' → '2026-01-02'" },
        { "1 abc\n", "1 2\n", "text in e.xvg row 1: 'abc' → '2'" },
        { "@ s0 legend \"A\"\n0 1\n", "@ s0 legend \"B\"\n0 1\n", "text in e.xvg: '@ s0 legend \"A\"' → '@ s0 legend \"B\"'" },
        { "a,b\n0,1\n", "a,c\n0,1\n", "text in e.xvg: 'b' → 'c'" },
        { "# a b\n0 1\n", "# a c\n0 1\n", "the columns of e.xvg are 'a', 'c', 'a', 'b' before" },
        { "x[    0]={ 1, 2}\n", "x[    1]={ 1, 2}\n", "text in e.xvg row 1: '0]' → '1]'" },
    };

    [Theory]
    [MemberData(nameof(Equal))]
    public void Table_WithinTolerance_HasNoDifference(string what, string former, string made)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(what);
        Assert.Null(Difference(Near, former, made));
    }

    [Theory]
    [MemberData(nameof(Different))]
    public void Table_NotWithinTolerance_TellsTheDifferenceByValue(string former, string made, string difference) => Assert.Equal(difference, Difference(Near, former, made));

    [Fact]
    public void Tolerance_Relative_IsOfTheFormerNumber()
    {
        var rule = new ToleranceIdentity(relative: 0.01);
        Assert.Null(Difference(rule, "1000 0", "1010 0"));
        Assert.Equal("column 1 in e.xvg row 1: 1000 → 1010.1, tolerance 10", Difference(rule, "1000 0", "1010.1 0"));
        Assert.Equal("column 2 in e.xvg row 1: 0 → 1e-9, tolerance 0", Difference(rule, "1000 0", "1000 1e-9"));
    }

    [Fact]
    public void Tolerance_Both_EitherIsEnough()
    {
        var rule = new ToleranceIdentity(absolute: 0.5, relative: 0.01);
        Assert.Null(Difference(rule, "0 1000", "0.5 1010"));
        Assert.NotNull(Difference(rule, "0 1000", "0.6 1000"));
        Assert.NotNull(Difference(rule, "0 1000", "0 1011"));
    }

    [Fact]
    public void Tolerance_None_AllowsOnlyTheSameNumber()
    {
        Assert.Null(Difference(new ToleranceIdentity(), "1.0", "1"));
        Assert.NotNull(Difference(new ToleranceIdentity(), "1", "1.0000000000000002"));
    }

    [Fact]
    public void Tolerance_OfAColumn_IsItsOwn()
    {
        var rule = Near.Column("Pressure", absolute: 10).Column("Temperature", relative: 0.1);
        Assert.Null(Difference(rule, Energies, Energies.Replace("1.013", "9.0", StringComparison.Ordinal).Replace("300.0", "315", StringComparison.Ordinal)));
        Assert.Equal("Temperature in e.xvg row 1: 300.0 → 331, tolerance 30", Difference(rule, Energies, Energies.Replace("300.0", "331", StringComparison.Ordinal)));
        Assert.Null(Difference(Near.Column(2, absolute: 1), "1 2", "1 3"));
        Assert.NotNull(Difference(Near.Column(2, absolute: 1), "1 2", "2 2"));
    }

    [Fact]
    public void Tolerance_OfRows_GoesBeforeThatOfColumns()
    {
        var rule = Near.Column(3, absolute: 100).Rows("v[", absolute: 1);
        Assert.Null(Difference(rule, "x[ 0]={ 1, 2}\nv[ 0]={ 1, 2}\n", "x[ 0]={ 50, 2}\nv[ 0]={ 2, 3}\n"));
        Assert.Equal("column 3 in e.xvg row 2 (v[ 0]): 1 → 2.5, tolerance 1", Difference(rule, "x[ 0]={ 1, 2}\nv[ 0]={ 1, 2}\n", "x[ 0]={ 50, 2}\nv[ 0]={ 2.5, 3}\n"));
    }

    [Fact]
    public void Tolerance_OfAColumnThatIsNotThere_IsTold()
    {
        Assert.Equal("e.xvg has no column 'Presure'; it has 'Time (ps)', 'Temperature', 'Pressure'", Difference(Near.Column("Presure", absolute: 1), Energies, Energies));
        Assert.Equal("e.xvg has no column 'p'; it names none", Difference(Near.Column("p", absolute: 1), "1 2", "1 2"));
    }

    [Theory]
    [InlineData("0.005", "0.01")]
    [InlineData("1e-12", "1e-11")]
    public void Bound_OfDecimals_HoldsAtItAndNotBeyond(string tolerance, string beyond)
    {
        var rule = new ToleranceIdentity(absolute: double.Parse(tolerance, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Null(Difference(rule, "0", tolerance));
        Assert.NotNull(Difference(rule, "0", beyond));
    }

    private static string? Difference(ToleranceIdentity rule, string former, string made)
    {
        var comparison = new TableComparison(rule, "e.xvg");
        var (before, now) = (Rows(comparison.Former, former), Rows(comparison.Made, made));
        return Enumerable.Range(0, Math.Max(before.Count, now.Count) + 1).Select(i => comparison.Difference(before.ElementAtOrDefault(i), now.ElementAtOrDefault(i))).FirstOrDefault(difference => difference is not null);
    }

    private static List<TableRow> Rows(TableReader reader, string text) => [.. text.Split('\n').Select(reader.Take).OfType<TableRow>()];
}
