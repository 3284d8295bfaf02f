using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Sites;

/// <summary>Finds tools and takes their fingerprints; a fingerprint is kept while the executable and its libraries have the same stat tuples.</summary>
/// <remarks>Thread-safe while nobody commits: it asks the store for tool facts.</remarks>
internal sealed partial class ToolProbe(IDisk disk, IFileStore store, ILauncher launcher, CallerEnvironment environment)
{
    private readonly ProgramPath _programs = new(disk, environment);
    /// <summary>How often a tool is asked that is being replaced; then the step that uses it finds that it changed.</summary>
    private const int MostTries = 3;

    private static readonly ToolFingerprint None = new([]);
    private readonly List<ToolFactRecord> _learnt = [];
    private readonly ConcurrentDictionary<string, bool> _files = new(StringComparer.Ordinal);
    private int _printed;

    /// <summary>Facts learnt since the last call, for the journal.</summary>
    public ToolFactRecord[] TakeLearnt()
    {
        lock (_learnt)
        {
            ToolFactRecord[] learnt = [.. _learnt];
            _learnt.Clear();
            return learnt;
        }
    }

    /// <summary>Whether what a tool is was decided on a path.</summary>
    /// <param name="path">The path, absolute.</param>
    public bool HasLookedAt(string path) => _programs.HasLookedAt(path) || _files.ContainsKey(path);

    public ToolAnswer Ask(Tool tool)
    {
        var path = tool.Candidates.Where(candidate => candidate.Length > 0).Select(_programs.Find).FirstOrDefault(found => found is not null);
        if (path is null)
        {
            return new ToolAnswer(null, None, [], $"was not found (looked for {string.Join(", ", tool.Candidates.Where(name => name.Length > 0).Select(name => $"'{name}'"))})");
        }

        var real = disk.RealPath(path);
        // The same executable may load other libraries in another environment.
        var question = $"{real}\n{environment["LD_LIBRARY_PATH"]}\n{Describe(tool.Version)}";
        if (store.State.Tools.TryGetValue(question, out var known) && known.Files.All(file => StatOf(file.Key) == file.Value))
        {
            return new ToolAnswer(path, new ToolFingerprint(known.Fingerprint), known.Files, null);
        }

        return Probe(tool, path, real, question);
    }

    private ToolAnswer Probe(Tool tool, string path, string real, string question)
    {
        for (var remaining = MostTries; ; remaining--)
        {
            // Looked at before and after: a tool that is replaced meanwhile must not be known by the former one's fingerprint.
            var files = FilesOf(tool, real);
            var (lines, problem) = Ask(tool, path, real);
            if (problem is not null)
            {
                return new ToolAnswer(path, None, [], problem);
            }

            var isSame = files.All(file => disk.Stat(file.Key) == file.Value);
            if (isSame)
            {
                Learn(new ToolFactRecord(question, files, lines));
            }

            if (isSame || remaining == 1)
            {
                return new ToolAnswer(path, new ToolFingerprint(lines), files, null);
            }
        }
    }

    private (IReadOnlyList<KeyValuePair<string, string>> Lines, string? Problem) Ask(Tool tool, string path, string real) => tool.Version is ToolVersion.OfLines rule
        ? Lines(path, rule)
        : (BinaryVersion.Of(disk.Hash(real, []).Bytes).Lines, null);

    private List<KeyValuePair<string, FileStat>> FilesOf(Tool tool, string real) => Libraries(real).Prepend(real).Concat(Beside(tool.Version, real))
        .Select(file => (file, stat: StatOf(file)))
        .Where(pair => pair.stat is not null)
        .Select(pair => KeyValuePair.Create(pair.file, pair.stat!.Value))
        .ToList();

    private FileStat? StatOf(string file)
    {
        _files.TryAdd(file, true);
        return disk.Stat(file);
    }

    private static IEnumerable<string> Beside(ToolVersion version, string real) =>
        version is ToolVersion.OfLines { Beside: var names } ? names.Select(name => Path.Combine(Path.GetDirectoryName(real)!, name)) : [];

    private void Learn(ToolFactRecord fact)
    {
        lock (_learnt)
        {
            _learnt.Add(fact);
        }
    }

    private (IReadOnlyList<KeyValuePair<string, string>> Lines, string? Problem) Lines(string path, ToolVersion.OfLines rule)
    {
        var lines = VersionLines.Of(rule, Print(path, rule.Arguments));
        return (lines.Fingerprint.Lines, lines.Problem(path, rule));
    }

    /// <summary>The libraries that the loader would bind now; empty for scripts and where there is no <c>ldd</c>.</summary>
    private IEnumerable<string> Libraries(string executable) => _programs.Find("ldd") is { } ldd
        ? Print(ldd, [executable]).Split('\n').Select(line => LoadedLibrary().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)
        : [];

    private string Print(string program, IReadOnlyList<string> arguments)
    {
        // Beside another run, and on a read-only file system, nothing may be written there. Several are asked at once.
        var name = $"probe-{Path.GetFileName(program)}-{System.Environment.ProcessId}-{Interlocked.Increment(ref _printed)}";
        var directory = Path.Combine(store.IsReadOnly ? Path.GetTempPath() : store.Directory, "work", name);
        try
        {
            disk.CreateDirectory(Path.Combine(directory, "files"));
            var log = Path.Combine(directory, "log");
            var step = new StepInstance { Id = new StepId("probe", Path.GetFileName(program)), Operation = new Operation.Commands([]) };
            launcher.RunAsync(
                new LaunchRequest
                {
                    Step = step.Id,
                    Directory = Path.Combine(directory, "files"),
                    Commands = [new LaunchCommand(program, arguments, null, null)],
                    Environment = environment.For(step),
                    LogFile = log,
                    TimeLimit = TimeSpan.FromMinutes(1),
                },
                null,
                CancellationToken.None).GetAwaiter().GetResult();
            return disk.Stat(log) is null ? string.Empty : disk.ReadText(log);
        }
        finally
        {
            disk.Delete(directory);
        }
    }

    private static string Describe(ToolVersion version) => version switch
    {
        // The first word says how lines are taken: what was kept of another way is asked for again.
        ToolVersion.OfLines lines => "all\n" + string.Join('\n', lines.Arguments) + "\n\n" + string.Join('\n', (string[])[.. lines.LinePrefixes, .. lines.Beside, .. lines.OptionalPrefixes]),
        _ => "binary",
    };

    [GeneratedRegex(@"(?:=>\s+|^\s*)(/\S+)\s+\(0x")]
    private static partial Regex LoadedLibrary();
}
