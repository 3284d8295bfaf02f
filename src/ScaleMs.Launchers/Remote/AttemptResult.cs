using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Remote;

/// <summary>What the wrapper says of an attempt: the content of <c>result.json</c>.</summary>
internal sealed record AttemptResult
{
    /// <summary>The version of the protocol that this client speaks.</summary>
    internal const int Version = 1;

    /// <summary>The longest file that is read: about 100,000 outputs.</summary>
    internal const int LongestBytes = 64 << 20;

    /// <summary>Which way it ended.</summary>
    internal required LaunchEnd End { get; init; }

    /// <summary>The exit code of the last command that ended.</summary>
    internal int ExitCode { get; init; }

    /// <summary>The index of the last command that was started.</summary>
    internal int CommandIndex { get; init; }

    /// <summary>Wall time from the claim to the end of the commands.</summary>
    internal TimeSpan Wall { get; init; }

    /// <summary>Processor time of the commands.</summary>
    internal TimeSpan Cpu { get; init; }

    /// <summary>The largest resident memory that was seen, bytes; 0 when unknown.</summary>
    internal long PeakMemoryBytes { get; init; }

    /// <summary>Whether an attempt that did not start never will.</summary>
    internal bool IsLasting { get; init; }

    /// <summary>What stopped it: <c>cancel</c> (the client's file), <c>TERM</c>, <c>INT</c>, <c>USR1</c> (a signal), <c>time</c>, <c>memory</c>, <c>requeue</c>; empty when nothing did.</summary>
    internal string Cause { get; init; } = string.Empty;

    /// <summary>The node's name.</summary>
    internal string Host { get; init; } = string.Empty;

    /// <summary>What went wrong, for people.</summary>
    internal string Message { get; init; } = string.Empty;

    /// <summary>The key of the action that was run.</summary>
    internal string Key { get; init; } = string.Empty;

    /// <summary>The length of the log that the commands wrote, bytes.</summary>
    internal long LogBytes { get; init; }

    /// <summary>What it left, each path once.</summary>
    internal IReadOnlyList<AttemptOutput> Outputs { get; init; } = [];

    /// <summary>Files that came with it; null where none did.</summary>
    internal BroughtFiles? Brought { get; init; }

    /// <summary>Reads the file's text; no content makes it throw.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The result; null for anything that is none.</returns>
    internal static AttemptResult? Read(string text) => Read(text, out _);

    /// <summary>Reads the file's text; no content makes it throw.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">What is wrong, as the end of a sentence that begins with the file; empty when nothing is.</param>
    /// <returns>The result; null for anything that is none.</returns>
    internal static AttemptResult? Read(string text, out string problem) => ResultReader.Read(text, out problem);

    /// <summary>What speaks against taking this for the result of a request.</summary>
    /// <param name="request">What was to be run.</param>
    /// <returns>The end of a sentence that begins with the file; null when nothing does.</returns>
    internal string? ProblemFor(LaunchRequest request) =>
        Key != request.Key ? "tells of another action"
        : CommandIndex >= Math.Max(1, request.Commands.Count) ? "tells of a command that was not ordered"
        : Outputs.FirstOrDefault(output => !request.Outputs.Any(wanted => IsOf(output, wanted))) is { } alien ? $"tells of '{alien.Path}', which was not ordered"
        : null;

    /// <summary>The result in the launcher's terms.</summary>
    internal LaunchResult ToLaunchResult() => new()
    {
        End = End,
        ExitCode = ExitCode,
        CommandIndex = CommandIndex,
        Wall = Wall,
        Cpu = Cpu,
        PeakMemoryBytes = PeakMemoryBytes,
        Host = Host,
        Message = Message,
        IsLasting = IsLasting,
        IsEndSeen = true,
    };

    private static bool IsOf(AttemptOutput output, LaunchOutput wanted) =>
        wanted.IsTree ? output.Path == wanted.Path ? output.Kind == AttemptOutputKind.Directory : output.Path.IsBelow(wanted.Path)
        : output.Path == wanted.Path && output.Kind == AttemptOutputKind.File;
}
