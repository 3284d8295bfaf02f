using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Ports;

/// <summary>Executes actions somewhere. An attempt's directory is its own; nothing else writes there.</summary>
public interface ILauncher
{
    /// <summary>The launcher's name, as it is recorded.</summary>
    string Name { get; }

    /// <summary>Runs the commands of one attempt to the end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="onLine">Takes each line of standard error and output as it comes, from any thread.</param>
    /// <param name="cancellation">Ends the attempt: TERM to the whole tree, then KILL after the request's grace.</param>
    /// <returns>How it ended; never throws for what a tool does.</returns>
    Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation);

    /// <summary>Ends whatever processes an earlier, dead client of the same workspace left running.</summary>
    /// <param name="workDirectory">The directory that holds all attempts' directories.</param>
    /// <returns>How many processes were ended.</returns>
    int Reap(string workDirectory);

    /// <summary>Whether an attempt that an earlier, dead client began here is still under way or has ended, so that it is awaited instead of made again.</summary>
    /// <param name="directory">The attempt's directory, absolute: the one above <see cref="LaunchRequest.Directory"/>.</param>
    /// <returns>Whether <see cref="LaunchRequest.IsTakenOver"/> may be asked for. Never true where attempts die with their client.</returns>
    bool CanTakeOver(string directory) => false;
}

/// <summary>One attempt at an action, resolved for the launcher's site.</summary>
public sealed record LaunchRequest
{
    /// <summary>The instance, for messages.</summary>
    public required StepId Step { get; init; }

    /// <summary>The private directory, absolute; the working directory of every command.</summary>
    public required string Directory { get; init; }

    /// <summary>Names the work: equal requests of one key have equal results. The action's key, in hexadecimal; empty for what is no action, such as a question to a tool.</summary>
    public string Key { get; init; } = string.Empty;

    /// <summary>Whether nothing is begun: the attempt in this directory, which <see cref="ILauncher.CanTakeOver"/> told of, is awaited.</summary>
    public bool IsTakenOver { get; init; }

    /// <summary>Where bytes lie here that a client took out of the private directory before it was killed, by their digest; null for those that are nowhere.</summary>
    /// <remarks>Asked only for attempts that are taken over, of outputs that they left; thread-safe. What lies there is the bytes of the digest.</remarks>
    public Func<Digest, string?> FindTaken { get; init; } = static _ => null;

    /// <summary>The commands, in order.</summary>
    public required IReadOnlyList<LaunchCommand> Commands { get; init; }

    /// <summary>Starts a process that does what the only command does, for this request and then for others of the same environment; null for none.</summary>
    /// <remarks>
    /// It is told of the call file (<see cref="FunctionLaunch.CallFile"/>), which lies beside the private directory. A launcher that keeps no such processes runs the command.
    /// </remarks>
    public LaunchCommand? Worker { get; init; }

    /// <summary>The whole environment; nothing is inherited.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Names of variables that are taken from where it runs, where that is another machine; see <see cref="ISite.EnvironmentOf"/>.</summary>
    public IReadOnlyList<string> PassedEnvironment { get; init; } = [];

    /// <summary>What is to be in the private directory at the end, where it ran in another one.</summary>
    public IReadOnlyList<LaunchOutput> Outputs { get; init; } = [];

    /// <summary>Folders and files of this machine that the commands need besides the private directory: the programs of function steps; absolute.</summary>
    /// <remarks>They are transport: what they hold is not keyed.</remarks>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>What the attempt is given where it runs: cores, memory, graphics processors, time and tokens.</summary>
    public Resources Granted { get; init; } = Resources.Default;

    /// <summary>The file that takes standard error and output of all commands where they are not redirected; absolute.</summary>
    public required string LogFile { get; init; }

    /// <summary>Stands between what the commands print and the log; null when they write the log themselves.</summary>
    /// <remarks>With a filter what they print passes through the host, and what was not yet written is lost with it.</remarks>
    public ILogFilter? LogFilter { get; init; }

    /// <summary>Exit codes after which the next command runs.</summary>
    public IReadOnlyList<int> AllowedExitCodes { get; init; } = [0];

    /// <summary>The time limit for all commands together; null for none.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The memory that the attempt's processes may have together, resident, in bytes; 0 for no limit.</summary>
    public long MemoryLimitBytes { get; init; }

    /// <summary>How what the listener is told is cut out of the log; lines where nothing else is said.</summary>
    public LogFraming Framing { get; init; }

    /// <summary>The time between TERM and KILL.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>A command with its program resolved.</summary>
/// <param name="Program">The absolute path of the executable.</param>
/// <param name="Arguments">The arguments after the program's name.</param>
/// <param name="StandardInput">Text for standard input; null for an empty one.</param>
/// <param name="StandardOutput">The absolute path of a file that takes standard output; null for the log.</param>
public sealed record LaunchCommand(string Program, IReadOnlyList<string> Arguments, string? StandardInput, string? StandardOutput)
{
    /// <summary>The absolute path of a file that is read as standard input, instead of a text; null for none.</summary>
    public string? StandardInputFile { get; init; }

    /// <summary>The absolute path of a file that takes standard error; null for the log. It may be that of standard output.</summary>
    public string? StandardError { get; init; }
}

/// <summary>What an attempt leaves.</summary>
/// <param name="Path">The path below the private directory.</param>
/// <param name="IsTree">Whether it is a directory.</param>
/// <param name="IsOptional">Whether it may be missing. Files of a checkpoint are; they are wanted however the attempt ended.</param>
public sealed record LaunchOutput(ArtifactPath Path, bool IsTree = false, bool IsOptional = false);

/// <summary>How an attempt ended.</summary>
public sealed record LaunchResult
{
    /// <summary>Which way it ended.</summary>
    public required LaunchEnd End { get; init; }

    /// <summary>The exit code of the last command that ended; 128 and the signal's number when a signal ended it, as shells tell it.</summary>
    public int ExitCode { get; init; }

    /// <summary>The index of the last command that was started.</summary>
    public int CommandIndex { get; init; }

    /// <summary>Wall time of all commands.</summary>
    public TimeSpan Wall { get; init; }

    /// <summary>Processor time of all processes that ended.</summary>
    public TimeSpan Cpu { get; init; }

    /// <summary>The largest resident memory of one process, or of all processes at one time as far as they were looked at, whichever is more; bytes, 0 when unknown.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>The machine that it ran on; empty for this one.</summary>
    public string Host { get; init; } = string.Empty;

    /// <summary>Whether it is certain that no process of the commands is left, whatever they did to hide it: then nobody writes to the private directory any more.</summary>
    public bool LeftNobody { get; init; }

    /// <summary>Whether what ran it told of the end, after its processes had ended. Where others told of it, a scheduler or a silence, they may be running, and writing to the private directory.</summary>
    public bool IsEndSeen { get; init; }

    /// <summary>Whether an attempt that was cancelled was left as it is instead of ended: it goes on, or has ended and is not all here, and the next client takes it over.</summary>
    public bool IsLeft { get; init; }

    /// <summary>Whether an attempt that did not start never will: its program is not there, for one.</summary>
    public bool IsLasting { get; init; }

    /// <summary>What went wrong, where no exit code tells it: at the start, or in a function that did not return; else empty.</summary>
    public string Message { get; init; } = string.Empty;
}

/// <summary>Ways in which an attempt ends.</summary>
public enum LaunchEnd
{
    /// <summary>Every command ended with an allowed exit code, or the last one did not.</summary>
    Exited,

    /// <summary>A command could not be started.</summary>
    NotStarted,

    /// <summary>The time limit was reached.</summary>
    TimedOut,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It had more memory than it may, or the system ended it for want of memory.</summary>
    OutOfMemory,

    /// <summary>It was taken and never began.</summary>
    NeverStarted,

    /// <summary>The site took the place away.</summary>
    Preempted,

    /// <summary>The node went away.</summary>
    NodeLost,
}
