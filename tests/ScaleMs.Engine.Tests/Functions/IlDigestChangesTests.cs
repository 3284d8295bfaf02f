using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>What must enter the digest.</summary>
public sealed class IlDigestChangesTests
{
    [Theory]
    [InlineData("return Helper(n)", "return Helper(n + 1)", "Study.Run")]
    [InlineData("n * 3", "n * 4", "Study.Helper")]
    [InlineData("\"literal\"", "\"Literal\"", "Study.Helper")]
    [InlineData("const int Limit = 10", "const int Limit = 11", "Study.Helper")]
    [InlineData("\"\\ud800\"", "\"\\ud801\"", "Study.Helper")]
    public void Digest_CodeOrConstantChanges_Differs(string from, string to, string culprit) => Compared.Changes(
        """
        public static class Study
        {
            const int Limit = 10;
            public static int Run(int n) { return Helper(n); }
            static int Helper(int n) => Math.Min(Limit, n * 3) + "literal".Length + "\ud800"[0];
        }
        """,
        from,
        to,
        culprit);

    [Fact]
    public void Digest_LambdaBodyChanges_Differs() => Compared.Changes(
        "public static class Study { public static int Run(int[] n) => n.Select(i => i * 2).Sum(); }", "i * 2", "i * 5", "<Run>b__");

    [Fact]
    public void Digest_ClosureBodyChanges_Differs() => Compared.Changes(
        "public static class Study { public static int Run(int[] n, int k) => n.Select(i => i * k).Sum(); }", "i * k", "i - k", "<>c__DisplayClass");

    [Fact]
    public void Digest_LocalFunctionChanges_Differs() => Compared.Changes(
        "public static class Study { public static int Run(int n) { return Next(n); static int Next(int i) => i + 1; } }", "i + 1", "i + 2", "g__Next");

    [Fact]
    public void Digest_AsyncBodyChanges_Differs() => Compared.Changes(
        "public static class Study { public static Task<int> Run(int n) => Slow(n); static async Task<int> Slow(int n) { await Task.Yield(); return n + 1; } }",
        "n + 1",
        "n + 2",
        "<Slow>d__~1.MoveNext");

    [Fact]
    public void Digest_IteratorBodyChanges_Differs() => Compared.Changes(
        "public static class Study { public static int Run() => Items().Sum(); static IEnumerable<int> Items() { yield return 1; yield return 2; } }",
        "return 2",
        "return 3",
        "<Items>d__~1.MoveNext");

    [Fact]
    public void Digest_AsyncIteratorChanges_Differs() => Compared.Changes(
        "public static class Study { public static IAsyncEnumerable<int> Run() => Items(); static async IAsyncEnumerable<int> Items() { await Task.Yield(); yield return 2; } }",
        "return 2",
        "return 3",
        "<Items>d__~1.MoveNext");

    [Fact]
    public void Digest_StaticInitialiserChanges_Differs() => Compared.Changes(
        "public static class Table { public static readonly int Size = int.Parse(\"1\"); } public static class Study { public static int Run() => Table.Size; }",
        "\"1\"",
        "\"2\"",
        "Table..cctor");

    [Fact]
    public void Digest_ModuleInitialiserChanges_Differs() => Compared.Changes(
        """
        static class Start { public static int N; [System.Runtime.CompilerServices.ModuleInitializer] public static void Go() => N = 1; }
        public static class Study { public static int Run() => 0; }
        """,
        "N = 1",
        "N = 2",
        "Start.Go");

    [Theory]
    [InlineData("\"delta\" => 4", "\"delta\" => 5")]
    [InlineData("\"delta\"", "\"Delta\"")]
    public void Digest_SwitchOnStringChanges_Differs(string from, string to) => Compared.Changes(
        """
        public static class Study
        {
            public static int Run(string s) => s switch { "alpha" => 1, "beta" => 2, "gamma" => 3, "delta" => 4, "epsilon" => 5, "zeta" => 6, "eta" => 7, "theta" => 8, _ => 0 };
        }
        """,
        from,
        to,
        "Study.Run");

    [Fact]
    public void Digest_SwitchTableAloneChanges_Differs() => Compared.Changes(
        "public static class Study { public static int Run(int n) { switch (n) { case 0: return 50; case 1: return 60; case 2: return 70; case 3: return 80; default: return 0; } } }",
        "case 0: return 50; case 1: return 60",
        "case 1: return 50; case 0: return 60",
        "Study.Run");

    [Theory]
    [InlineData("when (e.HResult > 3)", "when (e.HResult > 4)")]
    [InlineData("catch (ArgumentException e) when", "catch (FormatException e) when")]
    [InlineData("when (e.HResult > 3)", "")]
    [InlineData("finally { n++; }", "catch { n++; throw; }")]
    public void Digest_ExceptionRegionChanges_Differs(string from, string to) => Compared.Changes(
        """
        public static class Study
        {
            static int n;
            public static int Run(string s)
            {
                try { try { n = int.Parse(s); } catch (ArgumentException e) when (e.HResult > 3) { n = 2; } catch (OverflowException) { n = 4; } }
                finally { n++; }
                return n;
            }
        }
        """,
        from,
        to,
        "Study.Run");

    [Fact]
    public void Digest_CatchTypeAloneChanges_Differs() => Compared.Changes(
        "public static class Study { public static int Run(string s) { try { return s.Length; } catch (ArgumentException) { return 0; } } }",
        "ArgumentException",
        "FormatException",
        "Study.Run");

    [Theory]
    [InlineData("3, 5, 8", "3, 5, 9")]
    [InlineData("40, 50", "40, 51")]
    public void Digest_ArrayInitialiserDataChanges_Differs(string from, string to) => Compared.Changes(
        "public static class Study { public static int Run() { var a = new[] { 1, 2, 3, 5, 8 }; ReadOnlySpan<int> b = new int[] { 10, 20, 30, 40, 50 }; return a[4] + b[4]; } }",
        from,
        to,
        "Study.Run");

    [Fact]
    public void Digest_GenericMethodArgumentChanges_Differs() => Compared.Changes(
        "public static class Study { public static string Run() => Name<int>(); static string Name<T>() => typeof(T).Name; }", "Name<int>", "Name<long>", "Study.Run");

    [Fact]
    public void Digest_GenericTypeArgumentChanges_Differs() => Compared.Changes(
        "class Box<T> { public static string Name() => typeof(T).Name; } public static class Study { public static string Run() => Box<int>.Name(); }",
        "Box<int>.",
        "Box<long>.",
        "Study.Run");

    [Theory]
    [InlineData("int Count;", "long Count;")]
    [InlineData("int Count;", "int Count; public int More;")]
    [InlineData("class Data", "class Data : List<int>")]
    public void Digest_FieldOrBaseTypeChanges_Differs(string from, string to) => Compared.Changes(
        "class Data { public int Count; } public static class Study { public static string Run() => System.Text.Json.JsonSerializer.Serialize<object>(new Data()); }",
        from,
        to,
        "type [Study]Data");

    [Fact]
    public void Digest_LocalTypeAloneChanges_Differs() => Compared.Changes(
        "public static class Study { public static int Run(int n) { string text = \"a\"; for (var i = 0; i < n; i++) { Keep(text); text = \"b\"; } return Keep(text); } static int Keep(object o) => 1; }",
        "string text",
        "object text",
        "Study.Run");

    [Theory]
    [InlineData("((Phase)n).ToString()")]
    [InlineData("string.Concat((object)(Phase)n)")]
    [InlineData("$\"{(Phase)n}\"")]
    [InlineData("Enum.GetNames(typeof(Phase))[n]")]
    public void Digest_MemberOfShownEnumRenamed_Differs(string show) => Compared.Changes(
        $"enum Phase {{ Solid, Liquid }} public static class Study {{ public static string Run(int n) => {show}; }}", "Liquid", "Fluid", "enum [Study]Phase");

    [Fact]
    public void Digest_MemberOfComparedEnumRenamed_Stays()
    {
        const string Source = "enum Phase { Solid, Liquid } public static class Study { public static bool Run(int n) => (Phase)n == Phase.Liquid; }";
        Compared.Same(Source, Source.Replace("Liquid", "Fluid", StringComparison.Ordinal));
    }

    [Fact]
    public void Digest_ImportChanges_Differs() => Compared.Changes(
        "public static class Study { public static int Run() => Pid(); [System.Runtime.InteropServices.DllImport(\"libc\", EntryPoint = \"getpid\")] static extern int Pid(); }",
        "getpid",
        "getppid",
        "Study.Pid");

    [Fact]
    public void Digest_FunctionPointerTargetChanges_Differs() => Compared.Changes(
        "public static unsafe class Study { public static int Run() { delegate*<int, int> f = &A; return f(1); } static int A(int n) => n + 1; }", "n + 1", "n + 2", "Study.A");

    [Fact]
    public void Digest_ExpressionTreeChanges_Differs() => Compared.Changes(
        "public static class Study { static int Add(int n) => n + 1; public static object Run() { System.Linq.Expressions.Expression<Func<int, int>> e = n => Add(n); return e; } }",
        "n + 1",
        "n + 2",
        "Study.Add");

    [Fact]
    public void Digest_OtherRootOfSameCode_Differs()
    {
        using var variant = new Variant();
        variant.With("Study", "public static class Study { public static int Run(int n) => n > 0 ? Back(n - 1) : 0; public static int Back(int n) => n > 0 ? Run(n - 1) : 1; }");
        using var digester = new ScaleMs.Engine.Functions.IlDigester();
        Assert.NotEqual(digester.Of(variant.Method()).Sha256Hex, digester.Of(variant.Method(method: "Back")).Sha256Hex);
    }
}
