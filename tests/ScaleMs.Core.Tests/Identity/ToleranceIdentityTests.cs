using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Core.Tests.Identity;

public sealed class ToleranceIdentityTests
{
    private static readonly ToleranceIdentity Rule = new(absolute: 0.005, relative: 1e-6);
    private static readonly Output Table = new(ArtifactPath.Parse("e.xvg"), new OutputIdentity.Tolerance(Rule));

    [Fact]
    public void Name_HasTheTolerances()
    {
        Assert.Equal("tolerance(0.005|1E-06)", Rule.Name);
        Assert.Equal("tolerance(0.005|1E-06;\"Pressure\"=5|0;3=0|0.1)", Rule.Column(3, relative: 0.1).Column("Pressure", absolute: 5).Name);
        Assert.Equal("tolerance(0.005|1E-06;rows \"v[\"=5|0;\"Pressure\"=5|0)", Rule.Column("Pressure", 5).Rows("v[", 4).Rows("v[", 5).Name);
        Assert.Equal("tolerance(0.005|1E-06;3=1|0).through(filter(\"gmx\",\"dump\",\"-f\",\"@file@\"))", Rule.Through(new FilterCommand("gmx", "dump", "-f", FilterCommand.File)).Column(3, 1).Name);
        Assert.Equal(Rule.Column("a", 1).Column("b", 2).Name, Rule.Column("b", 2).Column("a", 3).Column("a", 1).Name);
        Assert.Equal((Rule.Name, 1), (Table.Identity.Name, Table.Identity.Version));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1e-9)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.PositiveInfinity)]
    public void Tolerance_NegativeOrNotFinite_IsRefused(double absolute, double relative)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ToleranceIdentity(absolute, relative));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rule.Column("a", absolute, relative));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rule.Rows("a", absolute, relative));
    }

    [Fact]
    public void Column_WithoutNameOrNumber_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Rule.Column(" ", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rule.Column(0, 1));
    }

    [Fact]
    public void Representative_OfAResult_IsWhatStandsForTheOutput()
    {
        var (former, made) = (Digest.OfText("former"), Digest.OfText("made"));
        Assert.Equal(made, Result(made, null).Representative(Table));
        Assert.Equal(former, Result(former, new ComparedOutput(former, made, string.Empty)).Representative(Table));
        Assert.Equal(made, Result(made, new ComparedOutput(former, made, "differs")).Representative(Table));
    }

    [Fact]
    public void Representative_OfAContinuedResult_IsTheOneBefore()
    {
        var (former, made) = (Digest.OfText("former"), Digest.OfText("made"));
        Assert.True((Result(made, null) with { IsContinued = true }).Representative(Table).IsNone);
        Assert.Equal(former, (Result(former, new ComparedOutput(former, made, string.Empty)) with { IsContinued = true }).Representative(Table));
        Assert.Equal(former, (Result(made, new ComparedOutput(former, made, "differs")) with { IsContinued = true }).Representative(Table));
    }

    [Fact]
    public void Representative_RecordedUnderAnotherRule_IsNone()
    {
        var result = Result(Digest.OfText("made"), null);
        Assert.True(result.Representative(Table with { Identity = new OutputIdentity.Tolerance(Rule.Column(1, 1)) }).IsNone);
        Assert.True(result.Representative(Table with { Path = ArtifactPath.Parse("other") }).IsNone);
        Assert.True((result with { Outputs = [OutputRecord.Absent(Table.Path, Keep.Always)] }).Representative(Table).IsNone);
    }

    [Fact]
    public void Lines_InPiecesOfAnySize_AreTheSame()
    {
        var bytes = Encoding.UTF8.GetBytes("één\r\n\ntwo\r\r\nlast");
        for (var size = 1; size <= bytes.Length; size++)
        {
            var (cutter, lines) = (new LineCutter(), new List<string>());
            foreach (var piece in bytes.Chunk(size))
            {
                cutter.Take(piece, lines);
            }

            Assert.Equal(["één", "", "two", "last"], lines.Append(cutter.Rest!));
        }
    }

    [Fact]
    public void Line_WithoutEnd_IsRefused()
    {
        var cutter = new LineCutter();
        cutter.Take(new byte[LineCutter.Longest], []);
        Assert.Throws<FormatException>(() => cutter.Take(new byte[1], []));
    }

    private static ActionResult Result(Digest bytes, ComparedOutput? compared) => new()
    {
        Key = new ActionKey(Digest.OfText("key")),
        Step = new StepId("a", "a"),
        Outputs = [new OutputRecord(Table.Path, bytes, 1, bytes, Rule.Name, 1) { Compared = compared }],
        Components = [],
        RunId = "r",
        FinishedAt = default,
    };
}
