using ScaleMs.Reporting.Control;

namespace ScaleMs;

/// <summary>What a process knows that was started to go on without a terminal.</summary>
/// <remarks>Static because a process is detached or not, however many targets a script runs in it.</remarks>
internal static class Detached
{
    /// <summary>Names the file that takes what the process prints. A null run is remembered without it, see <see cref="Circumstances"/>.</summary>
    public const string Variable = "SCALEMS_DETACHED";

    private const string OutputName = "output.log";

    /// <summary>The file's name at the start, which the one who waits knows.</summary>
    private static string? _started;

    /// <summary>The file's name now.</summary>
    private static string? _output;

    /// <summary>Whether this process is one; nothing that it starts is.</summary>
    public static bool IsThis()
    {
        if (System.Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } output)
        {
            (_started, _output) = (output, output);
            System.Environment.SetEnvironmentVariable(Variable, null);
        }

        return _output is not null;
    }

    /// <summary>Moves the output to the folder of the first run, whose name is known by now; it stays open.</summary>
    /// <param name="folder">That folder.</param>
    /// <returns>The file.</returns>
    public static string Place(string folder)
    {
        if (_output != _started)
        {
            return _output!;
        }

        try
        {
            Directory.CreateDirectory(folder);
            File.Move(_output!, Path.Combine(folder, OutputName), overwrite: true);
            return _output = Path.Combine(folder, OutputName);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Where it is it is as good.
            return _output!;
        }
    }

    /// <summary>Tells the process that waits, once, that a run has begun.</summary>
    public static void Tell(RunNote note)
    {
        if (_started is { } started && !File.Exists(ReadyWord.FileOf(started)))
        {
            new ReadyWord(note.Run, note.Target, note.Output!).Write(started);
        }
    }
}
