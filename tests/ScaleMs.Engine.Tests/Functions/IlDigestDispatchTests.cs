using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>Code that no instruction names directly: overrides, constructors behind constraints, what a serialiser calls.</summary>
public sealed class IlDigestDispatchTests
{
    [Fact]
    public void Digest_OverrideInTypeThatIsMadeElsewhereChanges_Differs() => Compared.Changes(
        """
        public abstract class Shape { public abstract double Area(); }
        public sealed class Square : Shape { public override double Area() => 4; }
        public static class Study { public static double Run() => Sum(Make()); static Shape Make() => new Square(); static double Sum(Shape shape) => shape.Area(); }
        """,
        "=> 4",
        "=> 5",
        "Square.Area");

    [Fact]
    public void Digest_InterfaceImplementationChanges_Differs() => Compared.Changes(
        """
        interface IRule { int Apply(int n); }
        class Twice : IRule { int IRule.Apply(int n) => n * 2; }
        public static class Study { static IRule Rule = new Twice(); public static int Run(int n) => Rule.Apply(n); }
        """,
        "n * 2",
        "n * 3",
        "Twice");

    [Fact]
    public void Digest_DefaultInterfaceMethodChanges_Differs() => Compared.Changes(
        """
        interface IRule { int Apply(int n) => n * 2; }
        class Same : IRule { }
        public static class Study { public static int Run(int n) { IRule rule = new Same(); return rule.Apply(n); } }
        """,
        "n * 2",
        "n * 3",
        "IRule.Apply");

    [Fact]
    public void Digest_StaticAbstractImplementationChanges_Differs() => Compared.Changes(
        """
        interface IUnit { static abstract double Scale { get; } }
        struct Metre : IUnit { public static double Scale => 1.5; }
        public static class Study { public static double Run() => Of<Metre>(); static double Of<T>() where T : IUnit => T.Scale; }
        """,
        "1.5",
        "2.5",
        "Metre.get_Scale");

    [Theory]
    [InlineData("CompareTo(Item other) => 1", "CompareTo(Item other) => 2", "Item.CompareTo")]
    [InlineData("=> \"item\"", "=> \"Item\"", "Item.ToString")]
    public void Digest_OverrideThatOnlyTheFrameworkCallsChanges_Differs(string from, string to, string culprit) => Compared.Changes(
        """
        class Item : IComparable<Item> { public int CompareTo(Item other) => 1; public override string ToString() => "item"; }
        public static class Study { public static string Run() { var items = new List<Item> { new Item(), new Item() }; items.Sort(); return string.Join(',', items); } }
        """,
        from,
        to,
        culprit);

    [Fact]
    public void Digest_NestedStructOverrideChanges_Differs() => Compared.Changes(
        "struct Item { public override string ToString() => \"a\"; } public static class Study { public static string Run() { Item item = default; return item.ToString(); } }",
        "\"a\"",
        "\"b\"",
        "Item.ToString");

    [Fact]
    public void Digest_ConstructorOfNewConstraintChanges_Differs() => Compared.Changes(
        "class Item { public int N; public Item() { N = 1; } } public static class Study { public static int Run() => Make<Item>().N; static T Make<T>() where T : new() => new T(); }",
        "N = 1",
        "N = 2",
        "Item..ctor");

    [Fact]
    public void Digest_BaseConstructorChanges_Differs() => Compared.Changes(
        "class Base { public int N; public Base() { N = 1; } } class Item : Base { } public static class Study { public static int Run() => new Item().N; }",
        "N = 1",
        "N = 2",
        "Base..ctor");

    [Fact]
    public void Digest_PropertyOfResultChanges_Differs() => Compared.Changes(
        "public class Result { public double Mean = 1; public double Twice => Mean * 2; } public static class Study { public static IReadOnlyList<Result> Run() => [new Result()]; }",
        "Mean * 2",
        "Mean * 3",
        "Result.get_Twice");

    [Fact]
    public void Digest_OverrideInGenericHierarchyChanges_Differs() => Compared.Changes(
        """
        abstract class Rule<T> { protected abstract T Apply(T value); public T Twice(T value) => Apply(Apply(value)); }
        sealed class Next : Rule<int> { protected override int Apply(int value) => value + 1; }
        public static class Study { public static int Run(int n) => new Next().Twice(n); }
        """,
        "value + 1",
        "value + 2",
        "Next.Apply");

    [Fact]
    public void Digest_BoxedStructBehindInterfaceChanges_Differs() => Compared.Changes(
        """
        interface IRule { int Apply(int n); }
        struct Next : IRule { public int Apply(int n) => n + 1; }
        public static class Study { public static int Run(int n) => Use(default(Next), n); static int Use(IRule rule, int n) => rule.Apply(n); }
        """,
        "n + 1",
        "n + 2",
        "Next.Apply");

    [Fact]
    public void Digest_SetterThatOnlyTheSerialiserCallsChanges_Differs() => Compared.Changes(
        """
        class Item { int n; public int N { get => n; set => n = value + 1; } }
        public static class Study { public static int Run(string s) => System.Text.Json.JsonSerializer.Deserialize<List<Item>>(s).Count; }
        """,
        "value + 1",
        "value + 2",
        "Item.set_N");
}
