using System.Runtime.CompilerServices;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;

namespace ScaleMs;

/// <content>Files that the definition looks for; what it looked at is recorded.</content>
public partial class ScaleMsContext
{
    private readonly Looks _looks = new();
    private readonly Looks _lasting = new();
    private readonly IWorkspaceDisk? _ownDisk;
    private IDisk? _disk;

    /// <summary>A run begins. What was looked for before it, by a script or in a constructor, is said once and belongs to its definition, and to those of later runs.</summary>
    internal void BeginRun()
    {
        _looks.MoveTo(_lasting.Faults, _lasting.Patterns);
        _lasting.CopyTo(_looks.Faults, _looks.Patterns);
    }

    /// <summary>Hands over what was looked for since it was last asked: a continuation looks after the rest of the definition.</summary>
    internal void TakeLooks(List<Fault> faults, List<SourcePattern> patterns) => _looks.MoveTo(faults, patterns);

    /// <summary>A run has ended. What the code of its tasks looked for belongs to no definition.</summary>
    internal void EndRun() => _looks.MoveTo([], []);

    private IDisk Disk => _disk ??= _ownDisk?.Disk ?? new PhysicalDisk();

    /// <summary>Files of the workflow that a pattern names: a file that comes or goes is noticed. What steps publish must not be among them.</summary>
    /// <param name="pattern">
    /// A pattern below the workflow's directory, such as <c>texts/*.txt</c>: <c>*</c> is any text in a name, <c>?</c> one character, <c>**</c> any number of folders.
    /// A wildcard does not take a dot at the start of a name.
    /// </param>
    /// <param name="allowNone">Whether there may be no such file; else that is a fault.</param>
    /// <param name="except">
    /// Folders that are passed over: names such as <c>bin</c>, wherever the pattern leads to one, or paths below the workspace such as <c>src/App/bin</c>. What changes in there is not noticed.
    /// </param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The files in ordinal order of their paths.</returns>
    public IReadOnlyList<SourceFile> Glob(string pattern, bool allowNone = false, IReadOnlyList<string>? except = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var where = new SourceLocation(file, line);
        if (!FilePattern.TryParse(InHome(pattern), out var files, out var problem))
        {
            _looks.Faults.Add(new Fault("SMS1003", FaultKind.Definition, $"the pattern '{pattern}' {problem}", where, "use a relative pattern with '/', such as 'texts/*.txt' or 'texts/**/*.txt'"));
            return [];
        }

        return Search(files, allowNone, where, except ?? []);
    }

    /// <summary>A whole directory of the workflow, hidden files included: a file that comes or goes is noticed.</summary>
    /// <param name="path">The directory below the workflow's directory.</param>
    /// <param name="allowNone">Whether it may hold no file; else that is a fault.</param>
    /// <param name="except">Folders that are passed over, as for <see cref="Glob"/>.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The directory, as an input of steps.</returns>
    public SourceFolder Folder(string path, bool allowNone = false, IReadOnlyList<string>? except = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var where = new SourceLocation(file, line);
        if (!ArtifactPath.TryParse(InHome(path), out var folder, out var problem))
        {
            _looks.Faults.Add(new Fault("SMS1003", FaultKind.Definition, $"the directory '{path}' {problem}", where, "use a relative path with '/', such as 'data'"));
            return new SourceFolder(path, []);
        }

        return new SourceFolder(folder.Value, Search(FilePattern.Below(folder), allowNone, where, except ?? []));
    }

    /// <summary>Whether there is a file; the look is recorded, so that one that comes or goes is noticed.</summary>
    /// <param name="source">The file.</param>
    /// <returns>Whether it is there, and no directory.</returns>
    public bool Exists(SourceFile source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var path = System.IO.Path.GetFullPath(source.Path, Workspace);
        _filesRead.Add(path);
        return Disk.Stat(path) is { IsDirectory: false };
    }

    private IEnumerable<string> Lines(string path)
    {
        using var text = new StringReader(TextOf(path));
        while (text.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Through the disk, which is one in memory where a workflow is tested.</summary>
    private string TextOf(string path)
    {
        try
        {
            return Disk.Stat(path) is null ? throw new FileNotFoundException($"'{path}' is not there", path) : Disk.ReadText(path);
        }
        catch (StoreException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    internal static Fault NoFile(object pattern, SourceLocation where, string advice) =>
        new("SMS1004", FaultKind.Definition, $"no file of the workspace is named by '{pattern}'", where, advice);

    private string InHome(string path) => Home.Length == 0 || path.StartsWith('/') ? path : $"{Home}/{path}";

    private IReadOnlyList<SourceFile> Search(FilePattern pattern, bool allowNone, SourceLocation where, IReadOnlyList<string> except)
    {
        var search = new SourceSearch(Disk, Workspace, pattern, except);
        var found = search.Run();
        _filesRead.UnionWith(search.Looked);
        _looks.Patterns.Add(new SourcePattern(pattern, where) { Except = except });
        if (found.Count == 0 && !allowNone)
        {
            _looks.Faults.Add(NoFile(pattern, where, "check the pattern, or say allowNone: true"));
        }

        return found;
    }
}
