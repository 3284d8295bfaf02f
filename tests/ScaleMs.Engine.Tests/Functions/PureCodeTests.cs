using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>Code that answers differently another time must not pass for pure; what workflows are commonly written with must.</summary>
public sealed class PureCodeTests
{
    [Theory]
    [InlineData("return DateTime.Now;")]
    [InlineData("return DateTime.UtcNow;")]
    [InlineData("return DateTimeOffset.Now;")]
    [InlineData("return TimeProvider.System.GetUtcNow();")]
    [InlineData("return Environment.TickCount64;")]
    [InlineData("return System.Diagnostics.Stopwatch.GetTimestamp();")]
    [InlineData("return new DateTimeOffset(new DateTime(2024, 1, 1));")]
    [InlineData("return $\"{Convert.ToDateTime(\"12:00\")}\";")]
    [InlineData("return Convert.ChangeType(\"12:00\", typeof(DateTime));")]
    [InlineData("Func<DateTime> now = () => DateTime.UtcNow; return now();")]
    [InlineData("Func<DateTime> now = (Func<DateTime>)Delegate.CreateDelegate(typeof(Func<DateTime>), typeof(DateTime), \"get_UtcNow\"); return now();")]
    [InlineData("return Enumerable.Range(0, n).Select(i => DateTime.Now.AddDays(i)).ToList();")]
    public void Impurities_Clock_Found(string body) => Assert.NotEmpty(Purity.OfBody(body));

    [Theory]
    [InlineData("return Guid.NewGuid();")]
    [InlineData("return new Random().Next();")]
    [InlineData("return Random.Shared.Next();")]
    [InlineData("return Enumerable.Range(0, 9).Shuffle().First();")]
    [InlineData("return System.Security.Cryptography.RandomNumberGenerator.GetInt32(9);")]
    [InlineData("return text.GetHashCode();")]
    [InlineData("return new object().GetHashCode();")]
    [InlineData("return StringComparer.Ordinal.GetHashCode(text);")]
    [InlineData("return EqualityComparer<string>.Default.GetHashCode(text);")]
    [InlineData("return System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(text);")]
    [InlineData("return string.Join(',', System.Collections.Immutable.ImmutableHashSet.Create(\"a\", \"b\", \"c\"));")]
    [InlineData("return System.Collections.Immutable.ImmutableDictionary.CreateRange(new Dictionary<string, int>()).First();")]
    [InlineData("return new System.Collections.Hashtable { [\"a\"] = 1, [\"b\"] = 2 }.Keys;")]
    public void Impurities_Chance_Found(string body) => Assert.NotEmpty(Purity.OfBody(body));

    [Theory]
    [InlineData("return File.ReadAllText(text);")]
    [InlineData("return File.Exists(text);")]
    [InlineData("return Directory.GetFiles(text);")]
    [InlineData("return new FileInfo(text).Length;")]
    [InlineData("return new StreamReader(text).ReadLine();")]
    [InlineData("return new StepFiles(text, default).ReadLines(\"replicas\").ToList();")]
    [InlineData("return System.Xml.Linq.XElement.Load(text);")]
    [InlineData("return Path.GetTempFileName();")]
    [InlineData("return new ScaleMs.Core.Model.Tool(\"a\", [], null!).ToString() + File.ReadAllText(text);")]
    public void Impurities_File_Found(string body) => Assert.NotEmpty(Purity.OfBody(body));

    [Theory]
    [InlineData("return Environment.GetEnvironmentVariable(text);")]
    [InlineData("return Environment.MachineName;")]
    [InlineData("return Environment.ProcessId;")]
    [InlineData("return Environment.GetCommandLineArgs();")]
    [InlineData("return Console.In.ReadLine();")]
    [InlineData("return System.Diagnostics.Process.GetCurrentProcess().Id;")]
    [InlineData("return GC.GetTotalMemory(false);")]
    [InlineData("return AppDomain.CurrentDomain.GetData(text);")]
    [InlineData("return TimeZoneInfo.Local.Id;")]
    [InlineData("return System.Runtime.InteropServices.RuntimeInformation.OSDescription;")]
    [InlineData("return System.Net.Dns.GetHostName();")]
    [InlineData("return context.Environment.GetEnvironmentVariable(text);")]
    [InlineData("return context.FileSystem.GetFile(text).Exists;")]
    public void Impurities_Surroundings_Found(string body) => Assert.NotEmpty(Purity.OfBody(body));

    [Theory]
    [InlineData("return typeof(DateTime).GetProperty(\"Now\")!.GetValue(null);")]
    [InlineData("return Activator.CreateInstance(typeof(DateTime));")]
    [InlineData("return Type.GetType(text);")]
    [InlineData("return typeof(Study).Assembly.GetManifestResourceStream(text);")]
    [InlineData("return Attribute.GetCustomAttributes(typeof(Study));")]
    [InlineData("Delegate made = () => 1; return made.DynamicInvoke();")]
    [InlineData("System.Linq.Expressions.Expression<Func<DateTime>> now = () => DateTime.Now; return now.Compile()();")]
    public void Impurities_Reflection_Found(string body) => Assert.NotEmpty(Purity.OfBody(body));

    [Theory]
    [InlineData("static readonly string Read = File.ReadAllText(\"/x\");", "return Read;")]
    [InlineData("static readonly string Read; static Study() => Read = File.ReadAllText(\"/x\");", "return Read;")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int getpid();", "return getpid();")]
    [InlineData("static unsafe object Call() { delegate*<DateTime> now = &Make; return now(); } static DateTime Make() => DateTime.Now;", "return Call();")]
    [InlineData("static T Make<T>() where T : new() => new T();", "return Make<List<int>>().Count;")]
    [InlineData("sealed class Reads { string line = File.ReadAllText(\"/x\"); }", "return new Reads();")]
    [InlineData("sealed class Reads { ~Reads() => File.Delete(\"/x\"); }", "return new Reads();")]
    [InlineData("sealed class Reads { public override string ToString() => File.ReadAllText(\"/x\"); }", "return $\"{new Reads()}\";")]
    [InlineData("sealed class Reads : IComparable<Reads> { public int CompareTo(Reads other) => DateTime.Now.Day; }", "var list = new List<Reads> { new(), new() }; list.Sort(); return list;")]
    [InlineData("sealed class Reads : IFormattable { string IFormattable.ToString(string a, IFormatProvider b) => File.ReadAllText(\"/x\"); }", "return $\"{new Reads()}\";")]
    [InlineData("interface IRule { string Say() => File.ReadAllText(\"/x\"); } sealed class Rule : IRule { }", "IRule rule = new Rule(); return rule.Say();")]
    [InlineData("abstract class Rule { public abstract string Say<T>(); } sealed class Reads : Rule { public override string Say<T>() => File.ReadAllText(\"/x\"); }", "Rule rule = new Reads(); return rule.Say<int>();")]
    [InlineData("interface IRule { static abstract string Say(); } sealed class Reads : IRule { public static string Say() => File.ReadAllText(\"/x\"); } static string Of<T>() where T : IRule => T.Say();", "return Of<Reads>();")]
    [InlineData("static readonly List<Func<string>> Rules = [() => File.ReadAllText(\"/x\")];", "return Rules[0]();")]
    [InlineData("struct Reads { public Reads() { Line = File.ReadAllText(\"/x\"); } public string Line; }", "return new Reads().Line;")]
    [InlineData("sealed record Options(int Longest) { public string Line => File.ReadAllText(\"/x\"); }", "return steps.Step(\"s\").Call(Write, new Options(1));", "static void Write(StepFiles files, Options options) { }")]
    [InlineData("sealed class Values { public string Line => File.ReadAllText(\"/x\"); }", "return steps.Step(\"s\").Template(\"t\", new SourceFile(\"t\"), new Values());")]
    [InlineData("class Base { public string Line => File.ReadAllText(\"/x\"); } sealed class Values : Base { }", "return steps.Step(\"s\").Template(\"t\", new SourceFile(\"t\"), new Values());")]
    [InlineData("struct Values { public string Line => File.ReadAllText(\"/x\"); }", "return steps.Step(\"s\").Template(\"t\", new SourceFile(\"t\"), new Values());")]
    public void Impurities_CodeThatIsReachedIndirectly_Found(string members, string body, string more = "") => Assert.NotEmpty(Purity.OfBody(body, members + more));

    [Fact]
    public void Impurities_Dynamic_Found() => Assert.NotEmpty(Purity.OfBody("dynamic made = n; return made.Foo();"));

    [Fact]
    public void Impurities_ConverterOfAnArgument_Found() => Assert.NotEmpty(Purity.OfBody(
        "return steps.Step(\"s\").Call(Write, new Options(1));",
        "static void Write(StepFiles files, Options options) { }",
        """
        [System.Text.Json.Serialization.JsonConverter(typeof(Reads))] public sealed record Options(int Longest);
        public sealed class Reads : System.Text.Json.Serialization.JsonConverter<Options>
        {
            public override Options Read(ref System.Text.Json.Utf8JsonReader r, Type t, System.Text.Json.JsonSerializerOptions o) => null;
            public override void Write(System.Text.Json.Utf8JsonWriter w, Options v, System.Text.Json.JsonSerializerOptions o) => w.WriteStringValue(File.ReadAllText("/x"));
        }
        """));

    [Theory]
    [InlineData("return text.Lines();")]
    [InlineData("return Table.Lines;")]
    [InlineData("return new Derived().Say();")]
    public void Impurities_InAReferencedLibrary_Found(string body) => Assert.NotEmpty(Purity.Of(
        $"public static class Study {{ public static object Run(string text) {{ {body} }} }} class Derived : Base {{ }}",
        """
        public static class Extensions { public static string[] Lines(this string path) => File.ReadAllLines(path); }
        public static class Table { public static readonly string[] Lines = File.ReadAllLines("/x"); }
        public abstract class Base { public virtual string Say() => File.ReadAllText("/x"); }
        """));

    [Fact]
    public void Impurities_FunctionThatIsOnlyPassedOn_None() => Assert.Empty(Purity.Of(
        """
        public static class Study
        {
            public static object Run(StepBuilder steps) => steps.Step("s").Call(Write);
            public static void Write(StepFiles files) => files.WriteText("x", DateTime.Now.ToString());
        }
        """,
        passedOn: "Write"));

    [Fact]
    public void Impurities_TypedFunctionsWithFilesAndResults_None() => Assert.Empty(Purity.Of(
        """
        public static class Study
        {
            public sealed record Row(int Lines);
            public static object Run(StepBuilder steps) =>
                steps.Step("b").Call(Tell, steps.Step("a").Call(Count, new[] { InputFile.Of(new SourceFile("a")) }, 3).Publish("a.json"), OutputFile.Named("b"));
            public static Row Count(InputFile[] files, int least) => new(3);
            public static void Tell(Result<Row> row, OutputFile text) => text.WriteText($"{row.Value}");
        }
        """));

    [Fact]
    public void Impurities_FunctionThatIsAlsoCalled_Found() => Assert.NotEmpty(Purity.Of(
        """
        public static class Study
        {
            public static object Run(StepBuilder steps) { Write(null); return steps.Step("s").Call(Write); }
            public static void Write(StepFiles files) => Console.WriteLine(File.ReadAllText("/x"));
        }
        """,
        passedOn: "Write"));

    [Theory]
    [InlineData("return Enumerable.Range(0, n).Where(i => i % 2 == 0).Select(i => (i, $\"{i:000}\")).OrderByDescending(pair => pair.i).GroupBy(pair => pair.i / 10).ToDictionary(group => group.Key, group => group.ToList());")]
    [InlineData("return $\"{n:0.00} {text,-8} {n / 3.0:F3}\" + string.Join(',', text.Split(' ')) + string.Format(CultureInfo.InvariantCulture, \"{0}\", n);")]
    [InlineData("return Regex.Replace(text, \"a+\", match => match.Value.ToUpperInvariant());")]
    [InlineData("return new StringBuilder().Append(n).AppendLine(text).Append($\"{n}\").ToString();")]
    [InlineData("var list = new List<string> { text }; list.Sort(StringComparer.Ordinal); return list.ConvertAll(item => item.Length).Sum();")]
    [InlineData("var seen = new HashSet<string>(StringComparer.Ordinal) { text }; return new SortedDictionary<string, int>(StringComparer.Ordinal) { [text] = seen.Count };")]
    [InlineData("return int.Parse(text, CultureInfo.InvariantCulture) + double.Parse(text, CultureInfo.InvariantCulture) + Math.Sqrt(n);")]
    [InlineData("return Path.Combine(text, \"a\") + Path.GetFileName(text);")]
    [InlineData("if (n < 0) { throw new ArgumentOutOfRangeException(nameof(n)); } return n switch { 0 => \"a\", 1 => \"b\", _ => throw new InvalidOperationException(text) };")]
    [InlineData("int[] numbers = [1, 2, n]; return numbers[1..].Append(n).Max();")]
    [InlineData("var (a, b) = (n, text); return new { a, b }.ToString();")]
    [InlineData("return TimeSpan.FromMinutes(n).ToString();")]
    [InlineData("return context.ReadLines(context.Source(text)).Select(line => line.Split(' ')[0]).ToList();")]
    [InlineData("return context.Exists(context.Source(text)) && ((System.Xml.IXmlLineInfo)System.Xml.Linq.XDocument.Parse(text).Root).LineNumber == n;")]
    [InlineData("return context.Env(\"GMX_BIN\") ?? context.Parameters.Text(\"name\", \"x\") + context.Parameters.Integer(\"count\", 3, 1, 9);")]
    [InlineData("return steps.ForEach(\"replica\", Enumerable.Range(0, n), i => i, (member, i) => member.Step(\"run\").Input(\"a\", context.Source(\"a\")).Template(\"b\", context.Source(\"b\"), new { Seed = i }).Tool(ToolSpec.Binary(\"gmx\")).Run(\"gmx\", $\"{i}\").Output(\"c\").Resources(cpus: 2, memory: \"1 GiB\"));")]
    public void Impurities_OrdinaryDefinition_None(string body) => Assert.Equal([], Purity.OfBody(body));

    [Theory]
    [InlineData("record Replica(int Number, double Temperature);", "var one = new Replica(1, 300); return (one with { Number = n }) == one ? one.ToString() : $\"{one}\";")]
    [InlineData("readonly record struct Point(int X, int Y);", "return new HashSet<Point> { new(1, n) }.Contains(new Point(1, 2));")]
    [InlineData("enum Kind { Nvt, Npt }", "return Enum.GetValues<Kind>().Select(kind => kind.ToString()).Append($\"{Kind.Npt}\");")]
    [InlineData("sealed class Prepare(int n) : Recipe<Step> { public override Step Define(StepBuilder steps) => steps.Step($\"prepare-{n}\").Output(\"a\"); }", "return steps.Use(\"prep\", new Prepare(n));")]
    [InlineData("static readonly Dictionary<string, int> Table = new(StringComparer.Ordinal) { [\"a\"] = 1 };", "return Table[text];")]
    [InlineData("sealed class Key : IEquatable<Key> { public string Name = \"\"; public bool Equals(Key other) => other?.Name == Name; public override bool Equals(object o) => Equals(o as Key); public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal); }", "return new Dictionary<Key, int> { [new Key()] = n }.Count;")]
    [InlineData("static readonly int[] Numbers = [1, 2, 3, 4, 5]; static int Fold(ReadOnlySpan<int> values) { var sum = 0; foreach (var value in values) { sum += value; } return sum; }", "return Fold(Numbers);")]
    public void Impurities_OrdinaryTypes_None(string members, string body) => Assert.Equal([], Purity.OfBody(body, members));
}
