using System.Reflection;
using System.Reflection.Emit;
using ScaleMs.Engine.Functions;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>Which assemblies enter by their IL and which by their version.</summary>
public sealed class IlDigestAssembliesTests
{
    private const string Caller = "public static class Study { public static int Run(int n) => Tools.Next(n) + new Box<string>().Count(); }";
    private const string Tools = "public static class Tools { public static int Next(int n) => n + 1; } public class Box<T> { public int Count(T item) => 2; public int Count() => 1; }";

    [Fact]
    public void Digest_CalleeInUserLibraryChanges_Differs()
    {
        var before = OfTwo("Tools", Tools);
        var after = OfTwo("Tools", Tools.Replace("n + 1", "n + 2", StringComparison.Ordinal));
        Assert.Equal(["method [Tools]Tools.Next(Int32) : Int32"], before.Components.Except(after.Components).Select(component => component.Name));
    }

    [Fact]
    public void Digest_BaseClassInOtherUserAssembly_OverrideChanges_Differs()
    {
        const string Rules = "public abstract class Rule { public abstract int Apply(int n); public int Twice(int n) => Apply(Apply(n)); }";
        const string Study = "class Next : Rule { public override int Apply(int n) => n + 1; } public static class Study { public static int Run(int n) => new Next().Twice(n); }";
        using var before = new Variant();
        using var after = new Variant();
        var one = before.With("Rules", Rules).With("Study", Study).Digest();
        var other = after.With("Rules", Rules).With("Study", Study.Replace("n + 1", "n + 2", StringComparison.Ordinal)).Digest();
        Assert.Equal(["method [Study]Next.Apply(Int32) : instance Int32"], one.Components.Except(other.Components).Select(component => component.Name));
    }

    [Fact]
    public void Digest_UnrelatedCodeInUserLibraryAdded_Stays() =>
        Assert.Equal(OfTwo("Tools", Tools).Sha256Hex, OfTwo("Tools", "public static class Before { public static int Old() => 3; } " + Tools).Sha256Hex);

    [Fact]
    public void Digest_TypeMovedBehindAForwarder_IsFollowed()
    {
        using var moved = new Variant();
        moved.With("Inner", Tools).With("Tools", "[assembly: System.Runtime.CompilerServices.TypeForwardedTo(typeof(Tools))] [assembly: System.Runtime.CompilerServices.TypeForwardedTo(typeof(Box<>))]");
        var result = OfTwo("Tools", Tools, directory =>
        {
            File.Copy(moved.PathOf("Inner"), Path.Combine(directory, "Inner.dll"));
            File.Copy(moved.PathOf("Tools"), Path.Combine(directory, "Tools.dll"), overwrite: true);
        });
        Assert.Contains(result.Components, component => component.Name == "method [Inner]Tools.Next(Int32) : Int32");
    }

    [Fact]
    public void Digest_CalledOverloadChanges_DiffersAndOtherOverloadStays()
    {
        var before = OfTwo("Tools", Tools);
        Assert.NotEqual(before.Sha256Hex, OfTwo("Tools", Tools.Replace("Count() => 1", "Count() => 7", StringComparison.Ordinal)).Sha256Hex);
        Assert.Equal(before.Sha256Hex, OfTwo("Tools", Tools.Replace("Count(T item) => 2", "Count(T item) => 7", StringComparison.Ordinal)).Sha256Hex);
    }

    [Theory]
    [InlineData("Cake.Tools")]
    [InlineData("ScaleMs.Tools")]
    [InlineData("Spectre.Tools")]
    public void Digest_CalleeInHostAssemblyChanges_StaysWhileVersionDoes(string name)
    {
        var before = OfTwo(name, Tools);
        Assert.Contains(new CodeComponent($"package {name}", "0.0.0.0"), before.Components);
        Assert.Equal(before.Sha256Hex, OfTwo(name, Tools.Replace("n + 1", "n + 2", StringComparison.Ordinal)).Sha256Hex);
    }

    [Theory]
    [InlineData("AssemblyVersion(\"1.2.3.4\")", "1.2.3.4")]
    [InlineData("AssemblyInformationalVersion(\"1.5.0-beta+commit\")", "1.5.0-beta (assembly 0.0.0.0)")]
    [InlineData("AssemblyFileVersion(\"1.7\")", "1.7 (assembly 0.0.0.0)")]
    public void Digest_PackageVersionChanges_Differs(string attribute, string version)
    {
        var before = OfTwo("Cake.Tools", Tools);
        var after = OfTwo("Cake.Tools", $"[assembly: System.Reflection.{attribute}] {Tools}");
        Assert.NotEqual(before.Sha256Hex, after.Sha256Hex);
        Assert.Contains(new CodeComponent("package Cake.Tools", version), after.Components);
    }

    [Fact]
    public void Digest_RecipeAssembly_EntersByItsIl() =>
        Assert.Contains(OfTwo("ScaleMs.Recipes.Tools", Tools).Components, component => component.Name.StartsWith("method [ScaleMs.Recipes.Tools]", StringComparison.Ordinal));

    [Fact]
    public void Digest_DepsFileNamesPackage_EntersByItsVersion()
    {
        var result = OfTwo("Tools", Tools, directory => File.WriteAllText(Path.Combine(directory, "Study.deps.json"), """
            { "targets": { ".NETCoreApp,Version=v10.0": { "Tools/2.0.0": { "runtime": { "lib/net10.0/Tools.dll": {} } } } },
              "libraries": { "Tools/2.0.0": { "type": "package" } } }
            """));
        Assert.Contains(new CodeComponent("package Tools", "0.0.0.0"), result.Components);
    }

    [Fact]
    public void Digest_OwnRule_Decides()
    {
        using var variant = new Variant();
        variant.With("Tools", Tools).With("Study", Caller);
        using var digester = new IlDigester(_ => false);
        Assert.Contains(digester.Of(variant.Method()).Components, component => component.Name == "package Tools");
    }

    [Fact]
    public void Digest_PackageMissingHere_EntersAsReferenced() =>
        Assert.Contains(new CodeComponent("package Tools", "0.0.0.0 (as referenced)"), OfTwo("Tools", Tools, directory => File.Delete(Path.Combine(directory, "Tools.dll"))).Components);

    [Fact]
    public void Digest_FrameworkOnly_NamesOnlyTheRuntime()
    {
        var result = Compared.Of("public static class Study { public static int Run() => System.Text.Json.JsonSerializer.Serialize(1).Length; }");
        Assert.Contains(new CodeComponent("runtime", Environment.Version.Major.ToString(System.Globalization.CultureInfo.InvariantCulture)), result.Components);
        Assert.DoesNotContain(result.Components, component => component.Name.StartsWith("package", StringComparison.Ordinal));
    }

    [Fact]
    public void Digest_GenericFunctionWithOtherArgument_Differs()
    {
        using var variant = new Variant();
        variant.With("Study", "public class Item { public Item() { Console.Beep(); } } public static class Study { public static int Run<T>(T item) => 1; }");
        using var digester = new IlDigester();
        var item = variant.Method().Module.GetType("Item")!;
        var withItem = digester.Of(variant.Method().MakeGenericMethod(item));
        Assert.NotEqual(digester.Of(variant.Method().MakeGenericMethod(typeof(int))).Sha256Hex, withItem.Sha256Hex);
        Assert.Contains(withItem.Components, component => component.Name.Contains("Item..ctor", StringComparison.Ordinal));
    }

    [Fact]
    public void Digest_ComponentNames_AreUniqueAndSorted()
    {
        var names = OfTwo("Tools", Tools).Components.Select(component => component.Name).ToList();
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public void Digest_MethodMadeInMemory_SaysWhatToDo()
    {
        var type = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("InMemory"), AssemblyBuilderAccess.RunAndCollect).DefineDynamicModule("m").DefineType("T");
        type.DefineMethod("F", MethodAttributes.Static | MethodAttributes.Public).GetILGenerator().Emit(OpCodes.Ret);
        var thrown = Assert.Throws<FunctionIdentityException>(() => IlDigest.Of(type.CreateType().GetMethod("F")!));
        Assert.Contains("'InMemory' has no file", thrown.Problem.What, StringComparison.Ordinal);
        Assert.Contains(".dll", thrown.Problem.Try, StringComparison.Ordinal);
        Assert.Throws<FunctionIdentityException>(() => IlDigest.Of(new DynamicMethod("G", null, null)));
    }

    [Fact]
    public void Digest_FileRebuiltAfterLoading_IsRefused()
    {
        using var variant = new Variant();
        var method = variant.With("Study", "public static class Study { public static int Run() => 1; }").Method();
        using var other = new Variant();
        other.With("Study", "public static class Study { public static int Run() => 2; }");
        File.Delete(variant.PathOf("Study"));
        File.Copy(other.PathOf("Study"), variant.PathOf("Study"));
        Assert.Contains("built anew", Assert.Throws<FunctionIdentityException>(() => IlDigest.Of(method)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CacheKey_SameFiles_IsEqual() => Assert.Equal(CacheKey(Tools), CacheKey(Tools));

    [Fact]
    public void CacheKey_AnyUserAssemblyChanges_Differs() => Assert.NotEqual(CacheKey(Tools), CacheKey(Tools + " class Unrelated { }"));

    private static string CacheKey(string tools)
    {
        using var variant = new Variant();
        return IlDigest.CacheKey(variant.With("Tools", tools).With("Study", Caller).Method());
    }

    private static IlDigestResult OfTwo(string name, string tools, Action<string>? prepare = null)
    {
        using var variant = new Variant();
        variant.With(name, tools).With("Study", Caller);
        prepare?.Invoke(variant.Directory);
        return variant.Digest();
    }
}
