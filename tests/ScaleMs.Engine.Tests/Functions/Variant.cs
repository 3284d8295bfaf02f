using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ScaleMs.Engine.Functions;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>One variant of a study, compiled to a directory of its own and loaded apart from all others.</summary>
internal sealed class Variant : IDisposable
{
    private static readonly MetadataReference[] s_framework = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
        .Select(path => MetadataReference.CreateFromFile(path))];

    private readonly Context _context;
    private readonly List<MetadataReference> _references = [.. s_framework];

    public Variant()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("il-digest-").FullName;
        _context = new Context(Directory);
    }

    public string Directory { get; }

    public OptimizationLevel Level { get; init; } = OptimizationLevel.Release;

    public string PathOf(string assembly) => Path.Combine(Directory, assembly + ".dll");

    /// <summary>Lets what is compiled later refer to assemblies of this process.</summary>
    public Variant Knowing(params Type[] types)
    {
        _references.AddRange(types.Select(type => MetadataReference.CreateFromFile(type.Assembly.Location)));
        return this;
    }

    /// <summary>Compiles one assembly; those compiled later may refer to it.</summary>
    public Variant With(string assembly, string source)
    {
        const string Usings = "using System; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks;\n";
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: Level, deterministic: true, allowUnsafe: true);
        var compilation = CSharpCompilation.Create(assembly, [CSharpSyntaxTree.ParseText(Usings + source, path: "Study.cs")], _references, options);
        var result = compilation.Emit(PathOf(assembly));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        _references.Add(MetadataReference.CreateFromFile(PathOf(assembly)));
        return this;
    }

    public MethodInfo Method(string type = "Study", string method = "Run", string assembly = "Study") => _context
        .LoadFromAssemblyPath(PathOf(assembly))
        .GetType(type, throwOnError: true)!
        .GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;

    public IlDigestResult Digest()
    {
        using var digester = new IlDigester();
        return digester.Of(Method());
    }

    public void Dispose()
    {
        _context.Unload();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private sealed class Context(string directory) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName name) => Path.Combine(directory, name.Name + ".dll") is var path && File.Exists(path)
            ? LoadFromAssemblyPath(path)
            : null;
    }
}
