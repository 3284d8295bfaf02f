using System.Text.Json;

namespace ScaleMs.Study.Tests;

/// <summary>A directory of its own that holds the workflow's files as a checkout does; it goes with the test.</summary>
internal sealed class Workspace : IDisposable
{
    private const string Home = "workflows/simulate";

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("scalems-study-");

    /// <summary>The newest run when the last host was started.</summary>
    private string? _before;

    private Workspace()
    {
        Root = Path.Combine(_parent.FullName, "workspace");
        SummaryFile = Path.Combine(_parent.FullName, "summary.json");
    }

    public string Root { get; }

    private string SummaryFile { get; }

    /// <summary>A workspace in which nothing ran.</summary>
    public static Workspace Fresh()
    {
        var workspace = new Workspace();
        Directory.CreateDirectory(workspace.PathOf("workflows"));
        CopyTree(Path.Combine(AppContext.BaseDirectory, "Study"), workspace.PathOf(Home));
        return workspace;
    }

    /// <summary>The same workspace at another place: a store must work when it is moved.</summary>
    public Workspace Copy()
    {
        var copy = new Workspace();
        CopyTree(Root, copy.Root);
        return copy;
    }

    public void Dispose()
    {
        // What a failed test left running would go on writing.
        Marked.EndAll(Root);
        Directory.Delete(_parent.FullName, recursive: true);
    }

    public string PathOf(string path) => Path.Combine(Root, path);

    public string Read(string path) => File.ReadAllText(PathOf(path));

    public bool Exists(string path) => Path.Exists(PathOf(path));

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    /// <summary>Replaces a text in a file of the workflow.</summary>
    public void Edit(string path, string before, string after)
    {
        var text = Read($"{Home}/{path}");
        Assert.Contains(before, text, StringComparison.Ordinal);
        Write($"{Home}/{path}", text.Replace(before, after, StringComparison.Ordinal));
    }

    public void Delete(string path)
    {
        if (Directory.Exists(PathOf(path)))
        {
            Directory.Delete(PathOf(path), recursive: true);
        }
        else
        {
            File.Delete(PathOf(path));
        }
    }

    /// <summary>The files below a directory, relative to the workspace, in ordinal order.</summary>
    public IReadOnlyList<string> Files(string path) => Exists(path)
        ? [.. Directory.GetFiles(PathOf(path), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Starts a run of the smoke study without waiting for it.</summary>
    public RunningHost Start(string target, params string[] arguments)
    {
        File.Delete(SummaryFile);
        _before = NewestRun();
        return RunningHost.Start(Root, [$"--target={target}", $"--summary={SummaryFile}", "--set", "size=smoke", .. arguments]);
    }

    /// <summary>Runs the smoke study.</summary>
    public Outcome Run(params string[] arguments) => RunTarget("simulate", arguments);

    public Outcome RunTarget(string target, params string[] arguments)
    {
        using var host = Start(target, arguments);
        return Finish(host);
    }

    /// <summary>Runs the host with these arguments and no others but the workspace.</summary>
    public Outcome RunBare(params string[] arguments)
    {
        using var host = RunningHost.Start(Root, arguments);
        return new Outcome(host.Wait(), host.Output, default);
    }

    public Outcome Finish(RunningHost host)
    {
        var code = host.Wait();
        using var document = File.Exists(SummaryFile) ? JsonDocument.Parse(File.ReadAllText(SummaryFile)) : null;
        return new Outcome(code, host.Output, document?.RootElement.Clone() ?? default);
    }

    /// <summary>The event log of the newest run that changed something.</summary>
    public IReadOnlyList<JsonElement> Events()
    {
        var run = NewestRun();
        return run is null || !File.Exists(Path.Combine(run, "events.jsonl")) ? [] : [.. Lines(Path.Combine(run, "events.jsonl"))];
    }

    /// <summary>Whether the run that was started last started a step; an earlier run's log, or one that came with a copy, does not count.</summary>
    public bool HasStarted(string step) => NewestRun() != _before && Events().Any(e => Is(e, "stepStarted", step));

    /// <summary>The steps that the newest run finished well before it was killed.</summary>
    public IReadOnlyList<string> Finished() =>
        [.. Events().Where(e => e.GetProperty("type").GetString() == "stepFinished" && e.GetProperty("outcome").GetString() == "Executed").Select(e => e.GetProperty("id").GetString()!)];

    /// <summary>Whether the newest run continued a step from its checkpoint.</summary>
    public bool WasContinued(string step) => Events().Single(e => Is(e, "stepFinished", step)).GetProperty("isContinued").GetBoolean();

    /// <summary>Asserts that two workspaces hold the same files with the same bytes below a directory.</summary>
    public void HoldsTheSame(Workspace other, string path)
    {
        Assert.NotEmpty(Files(path));
        Assert.Equal(other.Files(path), Files(path));
        Assert.All(Files(path), file => IsTheSame(other, file));
    }

    private string? NewestRun() => Exists(".scalems/runs") ? Directory.GetDirectories(PathOf(".scalems/runs")).Max(StringComparer.Ordinal) : null;

    public void IsTheSame(Workspace other, string file) =>
        Assert.True(File.ReadAllBytes(PathOf(file)).AsSpan().SequenceEqual(File.ReadAllBytes(other.PathOf(file))), $"'{file}' differs");

    private static bool Is(JsonElement e, string type, string step) =>
        e.GetProperty("type").GetString() == type && e.GetProperty("id").GetString() == step;

    private static IEnumerable<JsonElement> Lines(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        foreach (var line in reader.ReadToEnd().Split('\n')[..^1])
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    private static void CopyTree(string from, string to) => Programs.Run("cp", "-a", from, to);
}
