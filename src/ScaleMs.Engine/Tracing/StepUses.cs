using ScaleMs.Core.Ports;
using ScaleMs.Core.Tracing;

namespace ScaleMs.Engine.Tracing;

/// <summary>Sorts out what one attempt used: its own directory, what it declares and the system's files are its good right; the rest is told.</summary>
/// <param name="places">The folders by which files are judged.</param>
/// <param name="roots">The attempt's directory, absolute, as it is named and with all links resolved.</param>
/// <param name="declared">Files and folders that the step declares, or that its runtime is made of; absolute, links resolved too.</param>
/// <param name="disk">The disk.</param>
internal sealed class StepUses(TracePlaces places, IReadOnlyList<string> roots, IReadOnlySet<string> declared, IDisk disk)
{
    private readonly SortedSet<string> _read = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _run = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _written = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _missed = new(StringComparer.Ordinal);

    /// <summary>Takes a use.</summary>
    public void Take(FileUse use)
    {
        var file = use.Real ?? use.Path;
        switch (use.Kind)
        {
            case FileUseKind.Write when !IsOwn(file) && !TracePlaces.IsNoFile(file):
                _written.Add(file);
                break;
            case FileUseKind.Remove when !_written.Remove(file) && !IsOwn(file) && !TracePlaces.IsNoFile(file):
                _written.Add(file);
                break;
            case FileUseKind.Read when IsForeign(file):
                _read.Add(file);
                break;
            case FileUseKind.Execute when IsForeign(file):
                _run.Add(file);
                break;
            case FileUseKind.Miss when IsWorthKnowing(file):
                _missed.Add(file);
                break;
            default:
                break;
        }
    }

    /// <summary>What was found, by kind and path; a file that the step made itself is only written.</summary>
    public List<TraceFinding> Findings() =>
    [
        .. Tell(TraceKind.Read, _read.Where(path => !_written.Contains(path) && disk.Stat(path) is not { IsDirectory: true })),
        .. Tell(TraceKind.Execute, _run.Where(path => !_written.Contains(path))),
        .. Tell(TraceKind.Write, _written),
        .. Tell(TraceKind.Absent, _missed.Where(path => !_written.Contains(path))),
    ];

    private IEnumerable<TraceFinding> Tell(TraceKind kind, IEnumerable<string> paths) =>
        paths.Select(path => new TraceFinding(kind, places.NameOf(path), Declarations.Of(kind, places.IsInWorkspace(path) ? places.NameOf(path) : path)));

    private bool IsOwn(string path) => roots.Any(root => TracePlaces.IsIn(path, root));

    private bool IsForeign(string path) => !IsOwn(path) && !TracePlaces.IsNoFile(path) && !places.IsSystem(path) && !_written.Contains(path) && !IsDeclared(path);

    /// <summary>Programs are looked for in many folders, and libraries too.</summary>
    private bool IsWorthKnowing(string path) =>
        places.IsUsers(path) && !IsOwn(path) && !IsDeclared(path) && !places.SearchPath.Contains(Path.GetDirectoryName(path)) && !path.Contains(".so", StringComparison.Ordinal);

    private bool IsDeclared(string path)
    {
        for (var folder = path; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (declared.Contains(folder))
            {
                return true;
            }
        }

        return false;
    }
}
