using System.Runtime.InteropServices;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Tracing;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Tracing;

/// <summary>Watches the commands of executed steps with <c>strace</c>, and tells which files they used without declaring them.</summary>
/// <remarks>Nothing of it is in a key: what is launched is wrapped, not what is declared.</remarks>
internal sealed class Tracer
{
    private const string FilePrefix = "trace";
    private static readonly string[] Watched = ["-f", "-qq", "-y", "-e", "trace=%file,fchdir,fork,vfork,clone,clone3", "-e", "signal=none", "-o"];

    private readonly string _program;
    private readonly TracePlaces _places;
    private readonly IDisk _disk;

    private Tracer(string program, TracePlaces places, bool isStrict, IDisk disk) => (_program, _places, IsStrict, _disk) = (program, places, isStrict, disk);

    /// <summary>Whether a step that uses an undeclared file fails.</summary>
    public bool IsStrict { get; }

    /// <summary>Makes a tracer; null when nothing is to be traced.</summary>
    /// <exception cref="FaultException">There is no <c>strace</c>.</exception>
    public static Tracer? For(TraceMode mode, string workspace, IReadOnlyDictionary<string, string> environment, IDisk disk)
    {
        if (mode == TraceMode.None)
        {
            return null;
        }

        var search = environment.GetValueOrDefault("PATH", string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var program = search.Select(folder => Path.Combine(folder, "strace")).FirstOrDefault(file => disk.Stat(file) is { IsFile: true, IsExecutable: true });
        return program is not null
            ? new Tracer(program, new TracePlaces(workspace, environment.GetValueOrDefault("HOME") is { Length: > 1 } home ? Path.TrimEndingDirectorySeparator(home) : null, search), mode == TraceMode.Strict, disk)
            : throw new FaultException(new Fault("SMS2011", FaultKind.Usage, "'--trace' needs the program 'strace', and it is not on the PATH", default, "install strace (Linux only), or leave '--trace' out"));
    }

    /// <summary>Has the commands of an attempt watched; what is seen is written beside its files.</summary>
    public LaunchRequest Watch(LaunchRequest request, PrivateDirectory attempt) => request with
    {
        Worker = null, // what is watched must be this attempt's alone
        Commands = [.. request.Commands.Select((command, i) => command with { Program = _program, Arguments = [.. Watched, FileOf(attempt, i), "--", command.Program, .. command.Arguments] })],
    };

    /// <summary>What an attempt used without declaring it.</summary>
    /// <param name="request">The attempt.</param>
    /// <param name="attempt">Its directory, as it was left.</param>
    public List<TraceFinding> Findings(ExecutionRequest request, PrivateDirectory attempt)
    {
        var uses = new StepUses(_places, [attempt.Root, _disk.RealPath(attempt.Root)], DeclaredBy(request), _disk);
        for (var i = 0; _disk.Stat(FileOf(attempt, i)) is { IsFile: true }; i++)
        {
            foreach (var use in new FileUses(attempt.Files).Of(File.ReadLines(FileOf(attempt, i))))
            {
                uses.Take(use);
            }

            _disk.Delete(FileOf(attempt, i));
        }

        return uses.Findings();
    }

    /// <summary>What findings mean for the attempt; null when they do not make it fail.</summary>
    public Failure? Judge(IReadOnlyList<TraceFinding> findings) =>
        IsStrict && findings.Where(finding => finding.IsUndeclared).Select(finding => finding.ToString()).ToList() is { Count: > 0 } undeclared
            ? new Failure(FailureClass.ToolError, $"with --trace=strict it may not do this: it {string.Join("; it ", undeclared)}")
            : null;

    private static string FileOf(PrivateDirectory attempt, int command) => Path.Combine(attempt.Root, FormattableString.Invariant($"{FilePrefix}.{command}"));

    private HashSet<string> DeclaredBy(ExecutionRequest request)
    {
        var files = request.Inputs.Select(input => input.Place)
            .Concat(request.Tools.SelectMany(tool => tool.Files.Select(file => file.Key).Append(tool.Path).OfType<string>()))
            .Where(file => _disk.Stat(file) is not null);
        var declared = files.SelectMany(file => new[] { file, _disk.RealPath(file) }).ToHashSet(StringComparer.Ordinal);
        declared.UnionWith(request.Tools.Select(tool => tool.Path).OfType<string>().Select(PrefixOf).OfType<string>());
        if (request.Step.Operation is Operation.Function)
        {
            declared.UnionWith(RuntimeFolders());
        }

        return declared;
    }

    /// <summary>A program in <c>bin</c> has its own data beside that folder.</summary>
    private string? PrefixOf(string program)
    {
        var folder = Path.GetDirectoryName(_disk.RealPath(program))!;
        return Path.GetFileName(folder) == "bin" && Path.GetDirectoryName(folder) is { Length: > 1 } prefix && prefix != _places.Home && prefix != _places.Workspace ? prefix : null;
    }

    /// <summary>What a function's process is made of: its key holds the code that it reaches.</summary>
    private IEnumerable<string> RuntimeFolders()
    {
        var program = Path.GetDirectoryName(System.Environment.ProcessPath!)!;
        var temporary = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        string?[] folders =
        [
            Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), program, Path.GetDirectoryName(_disk.RealPath(System.Environment.ProcessPath!)),
            Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory()), Path.Combine(temporary, ".dotnet"), "/tmp/.dotnet",
            _places.Home is { } home ? Path.Combine(home, ".dotnet") : null, _places.Home is { } user ? Path.Combine(user, ".nuget") : null,
        ];
        return folders.OfType<string>();
    }
}
