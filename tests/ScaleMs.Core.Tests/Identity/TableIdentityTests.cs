using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using Xunit;

namespace ScaleMs.Core.Tests.Identity;

public sealed class TableIdentityTests
{
    private static readonly TableIdentity Rule = new(',', "host", "time");

    [Theory]
    [InlineData("step,time,e\n1,0.5,7\n", "step,time,e\n1,0.9,7\n", true)]
    [InlineData("step,time,e\r\n1,0.5,7\r\n", "step,time,e\n1,0.9,7", true)]
    [InlineData("step,time,e\n1,0.5,7\n", "step,e,time\n1,7,0.1\n", true)]
    [InlineData("\"time\",e\n\"a, \"\"b\"\"\",7\n", "time,e\n,7\n", true)]
    [InlineData(" time ,e\n\"two\nlines\",7\n", "time,e\n0,7\n", true)]
    [InlineData("host,time\na,1\n", "host,time\nb,2\n", true)]
    [InlineData("e,host\n7,a\n", "e\n7\n", true)]
    [InlineData("time,e\n1,7\n", "time,e\n1,8\n", false)]
    [InlineData("time,e\n1,7\n", "time,e\n1,7\n1,7\n", false)]
    [InlineData("time,e,f\n1,7,\n", "time,e,f\n1,,7\n", false)]
    [InlineData("time,e\n1,7,9\n", "time,e\n1,7,8\n", false)]
    [InlineData("time,e\n1,7\n", "Time,e\n1,7\n", false)]
    [InlineData("e,time\n\"a,1\n", "e,time\n\"a,2\n", false)]
    [InlineData("e,time\na\"b,1\n", "e,time\na\"b,2\n", true)]
    [InlineData("e,time\na\rb,1\n", "e,time\nab,1\n", false)]
    [InlineData("", "time\n", false)]
    public void Table_OfTwoTables_ComparesTheOtherColumns(string one, string other, bool isSame) =>
        Assert.Equal(isSame, Of(one) == Of(other));

    [Fact]
    public void Table_FedByteForByte_IsTheSame()
    {
        const string text = "step,time,e\r\n1,\"a\r\nb\",7\r\n\r2,,\"x\"\"y\"";
        Assert.Equal(Of(text), Of(text, 1));
        Assert.Equal(Digest.OfText("step,e\n1,7\n\r2,\"x\"\"y\"\n"), Of(text));
    }

    [Fact]
    public void Name_OfTheRule_HoldsDelimiterAndColumnsInOrder() =>
        Assert.Equal("table(\",\").without(\"host\",\"time\")", new TableIdentity(',', "time", "host").Name);

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('é')]
    public void Table_WithADelimiterThatIsNone_IsRefused(char delimiter) => Assert.Throws<ArgumentException>(() => new TableIdentity(delimiter, "time"));

    [Fact]
    public void Table_WithoutAColumn_IsRefused() => Assert.Throws<ArgumentException>(() => new TableIdentity(','));

    private static Digest Of(string text, int piece = int.MaxValue)
    {
        var digester = Rule.Start();
        for (var rest = Encoding.UTF8.GetBytes(text); rest.Length > 0; rest = rest[Math.Min(piece, rest.Length)..])
        {
            digester.Append(rest.AsSpan(0, Math.Min(piece, rest.Length)));
        }

        return digester.Finish();
    }
}
