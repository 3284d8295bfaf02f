using System.Collections;
using System.Runtime.InteropServices;
using ScaleMs.Engine.Running;
using ScaleMs.Launchers.Local;

namespace ScaleMs;

/// <summary>Starts this very command again without a terminal, waits until it executes, and leaves it.</summary>
/// <remarks>
/// The process that goes on is a new one, because a runtime with threads cannot be forked. Until it says that it holds the store and has
/// planned, all that it prints is printed here, its end is the end, and Ctrl-C ends it.
/// </remarks>
/// <param name="workspace">The workspace.</param>
/// <param name="store">The store's folder.</param>
internal sealed class Detachment(string workspace, string store)
{
    private static readonly TimeSpan LongestPlanning = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private volatile bool _isInterrupted;

    /// <summary>Starts and waits.</summary>
    /// <returns>The exit code: 0 when the run goes on in the background, else that of the run that ended.</returns>
    public int Run()
    {
        Directory.CreateDirectory(store);
        var output = Path.Combine(store, $"detached-{System.Environment.ProcessId}.log");
        File.Delete(output);
        File.Delete(ReadyWord.FileOf(output));
        var process = DetachedProcess.Start(HostProgram.Program(), OwnCommand.Arguments(), Environment(output), OwnCommand.Folder, output);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, process));
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, process));
        return Wait(process, output);
    }

    private void End(PosixSignalContext signal, DetachedProcess process)
    {
        signal.Cancel = true;
        _isInterrupted = true;
        process.Terminate();
    }

    private int Wait(DetachedProcess process, string output)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < LongestPlanning)
        {
            // Looked at last: a process that says the word and ends at once has said it.
            var hasEnded = process.Exited.IsCompleted;
            if (ReadyWord.TryTake(output) is { } ready)
            {
                Tell(ready, process.Id);
                return ExitCodes.Done;
            }

            if (hasEnded)
            {
                var code = TellEnd(process.TakeExitCode(), output);
                return _isInterrupted ? ExitCodes.Interrupted : code;
            }

            process.Exited.Wait(Pause);
        }

        Console.Error.WriteLine($"error: after {LongestPlanning.TotalMinutes:0} minutes the run has not begun to execute. Process {process.Id} still plans, and goes on when it has; what it says is in {output}.");
        return ExitCodes.Failed;
    }

    private void Tell(ReadyWord ready, int pid)
    {
        var where = System.Environment.CurrentDirectory == OwnCommand.Folder && OwnCommand.Folder == workspace ? string.Empty : $" --workspace '{workspace}'";
        Console.Out.WriteLine($"detached  run {ready.Run} of {ready.Target} goes on as process {pid}; its output: {Path.GetRelativePath(workspace, ready.Output)}");
        Console.Out.WriteLine($"          scalems status{where}    tells how far it is");
        Console.Out.WriteLine($"          scalems attach{where}    follows it to its end; Ctrl-C leaves it running");
        Console.Out.WriteLine($"          scalems cancel{where}    ends it");
        Console.Out.Flush();
    }

    /// <summary>Nothing was to be done, or nothing could be: what it said is this command's answer.</summary>
    private static int TellEnd(int code, string output)
    {
        using (var said = File.OpenRead(output))
        using (var here = code == ExitCodes.Done ? Console.OpenStandardOutput() : Console.OpenStandardError())
        {
            said.CopyTo(here);
        }

        File.Delete(output);
        return code;
    }

    private static SortedList<string, string> Environment(string output)
    {
        var variables = new SortedList<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
        }

        variables[Detached.Variable] = output;
        return variables;
    }
}
