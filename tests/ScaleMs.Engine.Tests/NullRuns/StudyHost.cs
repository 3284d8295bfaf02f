using System.Collections;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ScaleMs.Engine.Tests.NullRuns;

/// <summary>A workflow's program, compiled to a folder of its own and started there as users start it, with a workspace.</summary>
internal sealed class StudyHost : IDisposable
{
    private const string Usings = "using System; using System.Collections.Generic; using System.IO; using System.Linq; using Cake.Core; using Cake.Frosting; using ScaleMs;\n";

    private static readonly string[] s_platform = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => !Path.GetFileName(path).Contains("Test", StringComparison.Ordinal) && !Path.GetFileName(path).StartsWith("xunit", StringComparison.Ordinal))];

    // A run is told only while every variable is the same, and tests beside this one set some.
    private readonly List<DictionaryEntry> _variables = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scalems-host-");

    /// <summary>Compiles a host from its source.</summary>
    public StudyHost(string source, string? library = null)
    {
        Directory.CreateDirectory(Workspace);
        Directory.CreateDirectory(Program);
        foreach (var assembly in s_platform.Where(path => Path.GetDirectoryName(path) == Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))
        {
            File.CreateSymbolicLink(Path.Combine(Program, Path.GetFileName(assembly)), assembly);
        }

        File.Copy(Path.Combine(AppContext.BaseDirectory, "ScaleMs.Storm.runtimeconfig.json"), Path.Combine(Program, "Host.runtimeconfig.json"));
        if (library is not null)
        {
            Compile("Library", library);
        }

        Compile("Host", source);
    }

    public string Workspace => Path.Combine(_folder.FullName, "workspace");

    public string Program => Path.Combine(_folder.FullName, "program");

    public string PathOf(string name) => Path.Combine(Workspace, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    /// <summary>Compiles an assembly anew, as a build does: what it replaces is not written into.</summary>
    public void Compile(string assembly, string source)
    {
        var path = Path.Combine(Program, assembly + ".dll");
        var kind = assembly == "Host" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var references = s_platform.Concat(Directory.GetFiles(Program, "Library.dll")).Select(file => MetadataReference.CreateFromFile(file));
        var tree = CSharpSyntaxTree.ParseText(Usings + source, path: "Study.cs");
        var result = CSharpCompilation.Create(assembly, [tree], references, new CSharpCompilationOptions(kind, optimizationLevel: OptimizationLevel.Release, deterministic: true)).Emit(path + ".new");
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Runs the host in the workspace.</summary>
    public (int Code, string Output) Run(params string[] arguments) => Run([], arguments);

    /// <summary>Runs the host in the workspace with variables set; null takes one away.</summary>
    public (int Code, string Output) Run((string Name, string? Value)[] variables, params string[] arguments)
    {
        using var process = Process.Start(StartIn(Workspace, variables, arguments))!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>How the host is started in a folder.</summary>
    public ProcessStartInfo StartIn(string folder, (string Name, string? Value)[] variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Program, "Host.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var variable in _variables)
        {
            start.Environment[(string)variable.Key] = (string?)variable.Value;
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Runs until a run is remembered, or often enough that it would have been.</summary>
    public void Settle(params string[] arguments) => Settle([], arguments);

    /// <summary>As <see cref="Settle(string[])"/>, with variables set.</summary>
    public void Settle((string Name, string? Value)[] variables, params string[] arguments)
    {
        // Where stamps are coarse, what one run wrote is read again by the next.
        var memory = PathOf(".scalems/null-runs");
        var before = Memories(memory);
        for (var run = 0; run < 3 && (run == 0 || Memories(memory) == before); run++)
        {
            var (code, output) = Run(variables, arguments);
            Assert.True(code == 0, output);
        }
    }

    private static string Memories(string folder) =>
        Directory.Exists(folder) ? string.Join(' ', Directory.GetFiles(folder).Select(file => File.GetLastWriteTimeUtc(file).Ticks).Order()) : string.Empty;

    /// <summary>Whether a run is told without being made: it then needs no lock.</summary>
    public bool IsTold(params string[] arguments) => IsTold([], arguments);

    /// <summary>As <see cref="IsTold(string[])"/>, with variables set.</summary>
    public bool IsTold((string Name, string? Value)[] variables, params string[] arguments)
    {
        using var held = new FileStream(PathOf(".scalems/lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        return Run(variables, arguments).Code == 0;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
