using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Local;

/// <summary>A process that outlives the one that started it: a session of its own, no terminal, no inherited descriptors.</summary>
/// <remarks>It is not one of a step: nothing ends it with a run.</remarks>
public sealed class DetachedProcess
{
    private readonly ChildProcess _child;

    private DetachedProcess(ChildProcess child) => _child = child;

    /// <summary>Whether this system can do it.</summary>
    public static bool IsSupported => !OperatingSystem.IsWindows();

    /// <summary>Its number.</summary>
    public int Id => _child.Id;

    /// <summary>Completes when it has ended.</summary>
    public Task Exited => _child.Exited;

    /// <summary>Starts a program; standard input is empty.</summary>
    /// <param name="program">Its absolute path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its whole environment.</param>
    /// <param name="directory">Its working directory.</param>
    /// <param name="output">The file that takes, at its end, what it prints and what it says is wrong.</param>
    /// <returns>The process.</returns>
    /// <exception cref="IOException">It could not be started.</exception>
    public static DetachedProcess Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string directory, string output)
    {
        var order = new SpawnOrder(program, arguments, environment, directory, "/dev/null", null, null, output);
        var error = Spawn.Start(order, out var pid, LibCFeatures.HasSpawnDirectory);
        return error == 0 ? new DetachedProcess(new ChildProcess(pid))
            : throw new IOException($"'{program}' could not be started: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>Its exit code; to be called once, after <see cref="Exited"/>.</summary>
    /// <returns>The code; 128 and the signal's number when a signal ended it.</returns>
    public int TakeExitCode() => _child.Reap().ExitCode;

    /// <summary>Asks it to end.</summary>
    public void Terminate() => _ = LibC.Signal(Id, LibC.Terminate);
}
