namespace ScaleMs.Engine.Tracing;

/// <summary>Reads the uses of files out of what <c>strace -f -y</c> writes, line by line: lines of several processes, in pieces where they overlap.</summary>
/// <remarks>Paths that are relative to the working directory of their process are followed through <c>chdir</c> and new processes.</remarks>
/// <param name="directory">The working directory that the first process starts in.</param>
internal sealed class FileUses(string directory)
{
    private const string Unfinished = "<unfinished ...>";
    private const string Resumed = " resumed>";

    private readonly Dictionary<string, Traced> _processes = new(StringComparer.Ordinal);

    /// <summary>Reads a trace.</summary>
    /// <param name="lines">Its lines, read as they are asked for.</param>
    public IEnumerable<FileUse> Of(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space <= 0)
            {
                continue;
            }

            var process = ProcessOf(line[..space]);
            if (Whole(process, line[space..].Trim()) is { } text && StraceCall.Parse(text) is { } call)
            {
                foreach (var use in Of(call, process))
                {
                    yield return use;
                }
            }
        }
    }

    /// <summary>A process that nobody told of begins where the one is that is making a process just now.</summary>
    private Traced ProcessOf(string id)
    {
        if (!_processes.TryGetValue(id, out var process))
        {
            var parent = _processes.Values.LastOrDefault(known => known.Pending is { } call && MakesProcess(call));
            _processes[id] = process = new Traced { Directory = parent?.Directory ?? directory };
        }

        return process;
    }

    /// <summary>The whole line of a call; null as long as it is not complete, and for signals and exits.</summary>
    private static string? Whole(Traced process, string text)
    {
        if (text.EndsWith(Unfinished, StringComparison.Ordinal))
        {
            process.Pending = text[..^Unfinished.Length];
            return null;
        }

        if (!text.StartsWith("<... ", StringComparison.Ordinal))
        {
            return text;
        }

        var (begun, resumed) = (process.Pending, text.IndexOf(Resumed, StringComparison.Ordinal));
        process.Pending = null;
        return begun is null || resumed < 0 ? null : begun + text[(resumed + Resumed.Length)..];
    }

    private IEnumerable<FileUse> Of(StraceCall call, Traced process)
    {
        // It also tells where the process is.
        process.Directory = call.Arguments.FirstOrDefault(argument => argument.Raw.StartsWith("AT_FDCWD<", StringComparison.Ordinal))?.File ?? process.Directory;
        if (MakesProcess(call.Name))
        {
            if (call.Value > 0)
            {
                _processes.TryAdd(call.Value.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), new Traced { Directory = process.Directory });
            }

            return [];
        }

        if (call.Name is "chdir" or "fchdir")
        {
            process.Directory = call.Value != 0 ? process.Directory : call.Arguments[0].File ?? Absolute(process.Directory, call.Arguments[0].Text);
            return [];
        }

        return CallShapes.Of(call).Select(shape => UseOf(call, shape, process)).OfType<FileUse>();
    }

    private static FileUse? UseOf(StraceCall call, PathShape shape, Traced process)
    {
        if (shape.Path >= call.Arguments.Count || call.Arguments[shape.Path].Text is not { Length: > 0 } text)
        {
            return null;
        }

        var path = Absolute(shape.Folder < 0 ? process.Directory : call.Arguments[shape.Folder].File ?? process.Directory, text);
        return call.Error is "ENOENT" or "ENOTDIR" ? new FileUse(FileUseKind.Miss, path, null)
            : call.Value is >= 0 && shape.Kind is { } kind ? new FileUse(kind, path, call.File)
            : null;
    }

    private static string Absolute(string folder, string? path) => Path.GetFullPath(Path.Combine(folder, path ?? string.Empty));

    private static bool MakesProcess(string call) =>
        call.StartsWith("clone", StringComparison.Ordinal) || call.StartsWith("vfork", StringComparison.Ordinal) || call.StartsWith("fork", StringComparison.Ordinal);

    private sealed class Traced
    {
        public required string Directory { get; set; }

        /// <summary>The beginning of a call whose end is to come.</summary>
        public string? Pending { get; set; }
    }
}
