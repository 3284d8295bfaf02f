using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>What must not enter the digest.</summary>
public sealed class IlDigestStaysTests
{
    private const string Study = """
        public static class Study
        {
            static readonly double[] Weights = { 1, 2, 3, 4 };
            public static double Run(double[] values, int skip)
            {
                var offset = skip * 2.0;
                Func<double, double> shift = value => value + offset;
                return values.Select(value => value * Weights[0]).Select(shift).Sum() + Later(skip).Result + Count(3).Sum() + Twice(skip);
                static int Twice(int value) => 2 * value;
            }
            static async Task<int> Later(int delay) { var kept = delay; await Task.Delay(kept); return kept; }
            static IEnumerable<int> Count(int limit) { for (var index = 0; index < limit; index++) yield return index; }
        }
        """;

    [Fact]
    public void Digest_SameSource_IsEqual() => Compared.Same(Study, Study);

    [Fact]
    public void Digest_CommentAdded_Stays() => Compared.Same(Study, Study.Replace("var offset", "// why\n/* and how */ var offset", StringComparison.Ordinal));

    [Fact]
    public void Digest_WhiteSpaceChanged_Stays() => Compared.Same(Study, Study.Replace(";", " ;\n\n", StringComparison.Ordinal));

    [Theory]
    [InlineData("offset")]
    [InlineData("value")]
    [InlineData("kept")]
    [InlineData("index")]
    [InlineData("shift")]
    public void Digest_LocalRenamed_Stays(string local) => Compared.Same(Study, Rename(Study, local));

    [Fact]
    public void Digest_UnrelatedMethodAdded_Stays() => Compared.Same(Study, Before("public static int Other(string text) => text.Length + DateTime.MaxValue.Day;"));

    [Fact]
    public void Digest_UnrelatedLambdaAdded_Stays() => Compared.Same(Study, Before("public static Func<int, int> Other() => value => value + 17;"));

    [Fact]
    public void Digest_UnrelatedClosureAdded_Stays() =>
        Compared.Same(Study, Before("public static Func<int, int> Other(int by) { int Local(int x) => x * by; return value => Local(value) + by; }"));

    [Fact]
    public void Digest_UnrelatedAsyncAndIteratorAdded_Stays() => Compared.Same(
        Study,
        Before("public static async Task Other() => await Task.Yield(); public static IEnumerable<string> More() { yield return \"x\"; }"));

    [Fact]
    public void Digest_UnrelatedArrayDataAdded_Stays() => Compared.Same(Study, Before("public static int[] Other() => new[] { 9, 8, 7, 6, 5 };"));

    [Fact]
    public void Digest_UnrelatedAnonymousTypeAdded_Stays()
    {
        const string Source = "public static class Study { public static string Run(int n) => new { Count = n, Name = \"a\" }.ToString(); }";
        Compared.Same(Source, "public static class Before { public static object Other() => new { Alpha = 1, Beta = 2.0 }; } " + Source);
    }

    [Fact]
    public void Digest_UnrelatedTypeAdded_Stays() =>
        Compared.Same(Study, "namespace Other { public class First : IComparable { public int CompareTo(object o) => 1; public override string ToString() => \"\"; } }\n" + Study);

    [Fact]
    public void Digest_MembersReordered_Stays()
    {
        string[] members =
        [
            "public static int Run(int n) => First(n) + Second(n) + new Box { A = 1, B = n }.Sum();",
            "static int First(int n) => Enumerable.Range(0, n).Select(i => i * 3).Sum();",
            "static int Second(int n) => Enumerable.Range(0, n).Select(i => i + n).Sum();",
            "sealed class Box : IDisposable { public int A; public long B; public int Sum() => A + (int)B; public void Dispose() => A = 0; public override string ToString() => A.ToString(); }",
        ];
        var box = "sealed class Box : IDisposable { public override string ToString() => A.ToString(); public void Dispose() => A = 0; public int Sum() => A + (int)B; public long B; public int A; }";
        Compared.Same(Class(members), Class([box, members[2], members[1], members[0]]));
    }

    [Fact]
    public void Digest_AttributeAdded_Stays() => Compared.Same(Study, Before("[Obsolete(\"not any more\")]"));

    [Fact]
    public void Digest_ParameterRenamed_Stays() => Compared.Same(Study, Rename(Study, "skip"));

    [Fact]
    public void Digest_OverrideInTypeThatIsNeverMadeChanges_Stays()
    {
        const string Source = """
            public abstract class Shape { public abstract double Area(); }
            public sealed class Square : Shape { public override double Area() => 1; }
            public sealed class Circle : Shape { public override double Area() => 3.14; }
            public static class Study { public static double Run() { Shape shape = new Square(); return shape.Area(); } }
            """;
        Compared.Same(Source, Source.Replace("3.14", "3.15", StringComparison.Ordinal));
    }

    [Fact]
    public void Digest_OverrideThatIsNeverCalledChanges_Stays()
    {
        const string Source = """
            public abstract class Shape { public abstract double Area(); public virtual double Rim() => 0; }
            public sealed class Square : Shape { public override double Area() => 1; public override double Rim() => 4; }
            public static class Study { public static double Run() { Shape shape = new Square(); return shape.Area(); } }
            """;
        Compared.Same(Source, Source.Replace("=> 4", "=> 5", StringComparison.Ordinal));
    }

    [Fact]
    public void Digest_FileLocalTypeMovedToOtherPath_HoldsNoPath()
    {
        var result = Compared.Of("file class Hidden { public int N; } public static class Study { public static int Run() => new Hidden().N; }");
        Assert.DoesNotContain(result.Components, component => component.Name.Any(char.IsAsciiHexDigitUpper) && component.Name.Contains("F0", StringComparison.Ordinal));
        Assert.Contains(result.Components, component => component.Name == "type [Study]<Study>F__Hidden~1");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Digest_MembersShuffledAndUnrelatedOnesBetween_Stays(int seed)
    {
        var random = new Random(seed);
        string[] unrelated =
        [
            "static Func<int, int> Noise1(int by) { int Inner(int x) => x * by; return v => Inner(v) + by; }",
            "static IEnumerable<object> Noise2(int n) { var list = new[] { 7, 7, 7, n }; foreach (var i in list) yield return new { Item = i, Name = \"x\" }; }",
            "static async Task<int> Noise3() { await Task.Yield(); return Enumerable.Range(0, 3).Select(i => i % 2).Max(); }",
            "sealed class Noise4 : IComparer<string>, IRule { public int Compare(string a, string b) => 0; public int Apply(int n) => n; public override string ToString() => \"noise\"; }",
        ];
        string[] shuffled = [.. Rich, .. unrelated];
        random.Shuffle(shuffled);
        Compared.Same(Class(Rich), Class(shuffled));
    }

    [Fact]
    public void Digest_OverridesWithClosuresReordered_Stays()
    {
        const string First = "public override string ToString() { var k = N; return Enumerable.Range(0, 9).First(i => i > k).ToString(); }";
        const string Second = "public override int GetHashCode() { var k = N + 1; return Enumerable.Range(0, 9).Count(i => i < k); }";
        static string Of(string members) => $"class Item {{ public int N; {members} }} public static class Study {{ public static string Run() => new Item().ToString(); }}";
        Compared.Same(Of(First + Second), Of(Second + First));
    }

    [Fact]
    public void Digest_InterfacesReordered_Stays()
    {
        const string Source = """
            interface IOne { int Pick(int n) { var k = n; return Enumerable.Range(0, n).Count(i => i > k); } }
            interface ITwo { int Pick(int n) { var k = n; return Enumerable.Range(0, n).Count(i => i < k); } }
            class Item : IOne, ITwo { }
            public static class Study { public static int Run(int n) { var item = new Item(); return ((IOne)item).Pick(n) + ((ITwo)item).Pick(n); } }
            """;
        Compared.Same(Source, Source.Replace("IOne, ITwo", "ITwo, IOne", StringComparison.Ordinal));
    }

    [Fact]
    public void Digest_PlainMethodAddedToMadeType_Stays()
    {
        const string Source = "class Item { public int N; } public static class Study { public static int Run() => new Item().N; }";
        Compared.Same(Source, Source.Replace("public int N;", "public int N; public int Other() => N + 1;", StringComparison.Ordinal));
    }

    private static readonly string[] Rich =
    [
        "public static string Run(int n) { IRule[] rules = { new Twice(), new More(n) }; return string.Join(',', rules.Select(r => r.Apply(n))) + Later(n).Result + Sorted(n); }",
        "interface IRule { int Apply(int n); int Default(int n) => Enumerable.Range(0, n).Count(i => i > 2); }",
        "class Twice : IRule { public virtual int Apply(int n) => new[] { 1, 2, 3, 4, n }.Select(i => i * 2).Sum(); public override string ToString() => Items(3).First(i => i > 0).ToString(); }",
        "class More : Twice, IComparable<More> { int by; public More(int by) { this.by = by; } public override int Apply(int n) { Func<int, int> f = i => i + by + n; return f(n); } public int CompareTo(More o) => Items(o.by).Count(i => i == by); public override int GetHashCode() => Items(5).Last(i => i < 5); }",
        "static IEnumerable<int> Items(int n) { for (var i = 0; i < n; i++) yield return i; }",
        "static async Task<string> Later(int n) { await Task.Delay(n); var pair = new { N = n, Text = \"t\" }; return $\"{pair} {pair.N:F1}\"; }",
        "static int Sorted(int n) { var list = new List<More> { new More(1), new More(n) }; list.Sort((a, b) => a.CompareTo(b)); return list.Sum(m => m.Apply(n)) + Local(n); int Local(int k) => k + list.Count; }",
        "static readonly Dictionary<string, Func<int, int>> Table = new() { [\"a\"] = x => x + 1, [\"b\"] = x => x + 2 };",
    ];

    private static string Before(string member) => Study.Replace("static readonly", member + "\nstatic readonly", StringComparison.Ordinal);

    private static string Class(string[] members) => $"public static class Study {{ {string.Join('\n', members)} }}";

    private static string Rename(string source, string name) =>
        System.Text.RegularExpressions.Regex.Replace(source, $@"\b{name}\b", name + "Renamed2");
}
