using ScaleMs.Core.Identity;

namespace ScaleMs.Store.Definitions;

/// <summary>Makes a rule out of its name: all that a rule was made of stands there, because keys must tell it from every other.</summary>
/// <remarks>What is made is asked for its name again, so a name that says more than is read here is refused, and never read as another rule.</remarks>
internal static class RuleName
{
    /// <summary>Such as <c>text.without("^#").blanking("[0-9]+ s")</c>.</summary>
    public static TextIdentity Text(string name)
    {
        var reader = new NameReader(name);
        reader.Take("text");
        var rule = ContentIdentity.Text;
        while (!reader.IsAtEnd)
        {
            rule = reader.Takes(".without(") ? rule.Without(reader.Quoted()) : rule.Blanking(Argument(reader, ".blanking("));
            reader.Take(")");
        }

        return Checked(rule, rule.Name, name);
    }

    /// <summary>Such as <c>table(",").without("host","time")</c>.</summary>
    public static TableIdentity Table(string name, string? shellFilter)
    {
        var reader = new NameReader(name);
        var delimiter = Argument(reader, "table(");
        reader.Take(").without(");
        var rule = new TableIdentity(delimiter is [var character] ? character : throw PartCodec.Damage($"'{delimiter}' separates no columns"), List(reader)) { ShellFilter = shellFilter };
        return Checked(rule, rule.Name, name);
    }

    /// <summary>Such as <c>tolerance(0.001|0;rows "v["=0.1|0;"Pressure"=1|0.5;3=0|0).through(filter("gmx","dump"))</c>.</summary>
    public static ToleranceIdentity Tolerance(string name)
    {
        var reader = new NameReader(name);
        reader.Take("tolerance(");
        var (absolute, relative) = Bounds(reader);
        var rule = new ToleranceIdentity(absolute, relative);
        while (reader.Takes(";"))
        {
            rule = WithPart(rule, reader);
        }

        reader.Take(")");
        if (reader.Takes(".through("))
        {
            rule = rule.Through(Filter(reader));
        }

        return Checked(rule, rule.Name, name);
    }

    /// <summary>Such as <c>filter("sed","/^#/d")</c>.</summary>
    public static FilterCommand Filter(string name)
    {
        var filter = Filter(new NameReader(name));
        return Checked(filter, filter.Name, name);
    }

    private static FilterCommand Filter(NameReader reader)
    {
        reader.Take("filter(");
        var words = List(reader);
        return new FilterCommand(words[0], words[1..]);
    }

    private static ToleranceIdentity WithPart(ToleranceIdentity rule, NameReader reader)
    {
        if (reader.Takes("rows "))
        {
            var row = reader.Quoted();
            var (absolute, relative) = BoundsOfPart(reader);
            return rule.Rows(row, absolute, relative);
        }

        return reader.IsAtQuote ? WithNamed(rule, reader) : WithNumbered(rule, reader);
    }

    private static ToleranceIdentity WithNamed(ToleranceIdentity rule, NameReader reader)
    {
        var column = reader.Quoted();
        var (absolute, relative) = BoundsOfPart(reader);
        return rule.Column(column, absolute, relative);
    }

    private static ToleranceIdentity WithNumbered(ToleranceIdentity rule, NameReader reader)
    {
        var column = (int)reader.Number();
        var (absolute, relative) = BoundsOfPart(reader);
        return rule.Column(column, absolute, relative);
    }

    private static (double Absolute, double Relative) BoundsOfPart(NameReader reader)
    {
        reader.Take("=");
        return Bounds(reader);
    }

    private static (double Absolute, double Relative) Bounds(NameReader reader)
    {
        var absolute = reader.Number();
        reader.Take("|");
        return (absolute, reader.Number());
    }

    private static string Argument(NameReader reader, string before)
    {
        reader.Take(before);
        return reader.Quoted();
    }

    /// <summary>One text or more, and the end of the list.</summary>
    private static string[] List(NameReader reader)
    {
        var texts = new List<string> { reader.Quoted() };
        while (reader.Takes(","))
        {
            texts.Add(reader.Quoted());
        }

        reader.Take(")");
        return texts.ToArray();
    }

    private static T Checked<T>(T rule, string made, string name) => made == name ? rule : throw PartCodec.Damage($"'{name}' is no name of a rule");
}
