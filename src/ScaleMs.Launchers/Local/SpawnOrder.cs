namespace ScaleMs.Launchers.Local;

/// <summary>Everything that one new process gets; nothing else is inherited from the host but its identity and limits.</summary>
/// <param name="Program">The absolute path; also argv[0].</param>
/// <param name="Arguments">The arguments after argv[0].</param>
/// <param name="Environment">The whole environment.</param>
/// <param name="Directory">The working directory.</param>
/// <param name="Input">The file that becomes standard input.</param>
/// <param name="Output">The file that takes standard output, emptied first; null for the log.</param>
/// <param name="Error">The file that takes standard error, emptied first; null for the log.</param>
/// <param name="Log">The file that takes, at its end, what has no file of its own.</param>
/// <param name="LogPipe">The open end of a pipe that takes standard error instead of the file; negative for none.</param>
/// <param name="InputPipe">The open end of a pipe that becomes standard input instead of the file; negative for none.</param>
/// <param name="OutputPipe">The open end of a pipe that takes standard output; negative for none.</param>
internal sealed record SpawnOrder(
    string Program,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    string Directory,
    string Input,
    string? Output,
    string? Error,
    string Log,
    int LogPipe = -1,
    int InputPipe = -1,
    int OutputPipe = -1);
