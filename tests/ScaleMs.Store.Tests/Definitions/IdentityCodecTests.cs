using System.Text;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Archives;
using ScaleMs.Store.Definitions;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Tests.Definitions;

/// <summary>Every identity that has a form tells contents apart as before when it is read back; the others are refused.</summary>
public sealed class IdentityCodecTests
{
    private static readonly ContentIdentity[] Known =
    [
        ContentIdentity.Bytes,
        ContentIdentity.Text,
        ContentIdentity.Text.Without("^#"),
        ContentIdentity.Text.Without("\"[)][.]without[(]\\\\\"").Blanking("\r\n,|;").Without("½ 𝜇 \\\\n").Blanking(string.Empty),
        new TableIdentity(',', "host", "time"),
        new TableIdentity('\t', "\"", "\\n", "a,b", ")") { ShellFilter = "cut -f 1" },
        new TableIdentity('\\', "x") { ShellFilter = string.Empty },
        ArchiveIdentities.Gzip,
        ArchiveIdentities.Tar,
        ArchiveIdentities.TarGz,
        ArchiveIdentities.Zip,
    ];

    private static readonly ContentIdentity[] Refused =
    [
        new LineIdentity("text", 1, line => line),
        // What is inside is not told, and a rule of its name may be another one.
        ArchiveIdentities.GzipOf(ContentIdentity.Text),
    ];

    private static readonly OutputIdentity[] KnownOutputs =
    [
        .. Known.Select(rule => new OutputIdentity.Canonical(rule)),
        new OutputIdentity.Tolerance(new ToleranceIdentity()),
        new OutputIdentity.Tolerance(new ToleranceIdentity(1e-300, 0.1).Column(3, 1).Column(12, 0, 1d / 3).Column("3", 5).Column("a=1|2;b\"\\", double.MaxValue).Rows("v[", 0, double.Epsilon)),
        new OutputIdentity.Tolerance(new ToleranceIdentity(0.5).Rows("x").Through(new FilterCommand("gmx", "dump", "-f", FilterCommand.File))),
        new OutputIdentity.Filtered(new FilterCommand("sort")),
        new OutputIdentity.Filtered(new FilterCommand("sed", "-e", "s/\"[a-z]*\\\\\"//", string.Empty, ")", "\r\n")),
        OutputIdentity.Listing,
        new OutputIdentity.OfAction(),
    ];

    [Fact]
    public void Kinds_OfContentIdentities_AreAllDecided() => Assert.Equal(
        Named(Kinds<ContentIdentity>(typeof(ContentIdentity), typeof(ArchiveIdentities))), Named(Known.Concat(Refused).Select(rule => rule.GetType())));

    [Fact]
    public void Kinds_OfOutputIdentities_AreAllDecided() =>
        Assert.Equal(Named(Kinds<OutputIdentity>(typeof(OutputIdentity))), Named(KnownOutputs.Select(identity => identity.GetType())));

    /// <summary>Those that are there for all are kept, also ones that come later.</summary>
    [Fact]
    public void Rules_ThatAreThereForAll_ComeBackAsThoseVeryObjects()
    {
        var shared = ((Type[])[typeof(ContentIdentity), typeof(ArchiveIdentities)]).SelectMany(type => type.GetProperties())
            .Where(property => property.GetMethod!.IsStatic && property.PropertyType.IsAssignableTo(typeof(ContentIdentity)))
            .Select(property => (ContentIdentity)property.GetValue(null)!).ToList();
        Assert.Equal(6, shared.Count);
        Assert.All(shared, rule => Assert.Same(rule, Read(rule)));
    }

    [Fact]
    public void Content_WrittenAndRead_IsTheSameRule()
    {
        foreach (var rule in Known)
        {
            Assert.True(IdentityCodec.Knows(rule));
            var read = Read(rule);
            Assert.Equal(Parts.Describe(rule), Parts.Describe(read));
            Assert.All(Contents, content => Assert.Equal(DigestBy(rule, content), DigestBy(read, content)));
        }
    }

    [Fact]
    public void Output_WrittenAndRead_IsTheSameIdentity()
    {
        foreach (var identity in KnownOutputs)
        {
            Assert.True(IdentityCodec.Knows(identity));
            var read = Read(identity);
            Assert.Equal((identity.Name, identity.Version), (read.Name, read.Version));
            Assert.Equal(Parts.Describe(identity), Parts.Describe(read));
        }
    }

    [Fact]
    public void Rule_ThatHasNoForm_IsRefused()
    {
        foreach (var rule in Refused)
        {
            Assert.False(IdentityCodec.Knows(rule));
            Assert.False(IdentityCodec.Knows(new OutputIdentity.Canonical(rule)));
            Assert.Contains(rule.Name, Assert.Throws<InvalidOperationException>(() => Read(rule)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("text.")]
    [InlineData("text.without(\"a\"")]
    [InlineData("text.without(\"a\").")]
    [InlineData("text.without(\"\\a\")")]
    [InlineData("text.without(\"a\\")]
    public void Text_NameThatIsNone_IsDamage(string name) => Assert.Throws<StoreException>(() => RuleName.Text(name));

    [Theory]
    [InlineData("table(\",,\").without(\"a\")")]
    [InlineData("table(\",\").without()")]
    [InlineData("table(\",\").without(\"b\",\"a\")")]
    [InlineData("table(\",\").without(\"a\")x")]
    public void Table_NameThatIsNone_IsDamage(string name) => Assert.Throws<StoreException>(() => RuleName.Table(name, null));

    [Theory]
    [InlineData("tolerance()")]
    [InlineData("tolerance(0|0")]
    [InlineData("tolerance(0|zero)")]
    [InlineData("tolerance(0.10|0)")]
    [InlineData("tolerance(0|0;1.5=0|0)")]
    [InlineData("tolerance(0|0;1=0|0;rows \"v\"=0|0)")]
    [InlineData("tolerance(0|0).through(filter(\"a\"))x")]
    public void Tolerance_NameThatIsNone_IsDamage(string name) => Assert.Throws<StoreException>(() => RuleName.Tolerance(name));

    [Theory]
    [InlineData("filter()")]
    [InlineData("filter(\"a\",)")]
    [InlineData("filter(\"a\") ")]
    public void Filter_NameThatIsNone_IsDamage(string name) => Assert.Throws<StoreException>(() => RuleName.Filter(name));

    private static string[] Contents => ["", "a\n", "# a\nb = 1 s\r\n", "host,time,x\n1,2,3\n", "\"\t)\ta,b\n1\t2\t3\n"];

    private static ContentIdentity Read(ContentIdentity rule) => Transfer(sink => IdentityCodec.Write(sink, rule), IdentityCodec.ReadContent);

    private static OutputIdentity Read(OutputIdentity identity) => Transfer(sink => IdentityCodec.Write(sink, identity), IdentityCodec.ReadOutput);

    private static T Transfer<T>(Action<BinarySink> write, Func<BinarySource, T> read)
    {
        var sink = new BinarySink();
        write(sink);
        return read(new BinarySource(sink.Written.ToArray()));
    }

    private static string DigestBy(ContentIdentity rule, string content)
    {
        var digester = rule.Start();
        digester.Append(Encoding.UTF8.GetBytes(content));
        return digester.Finish().ToString();
    }

    private static IEnumerable<Type> Kinds<T>(params Type[] homes) => homes.SelectMany(home => home.Assembly.GetTypes()).Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)));

    private static IEnumerable<string> Named(IEnumerable<Type> types) => types.Select(type => type.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
