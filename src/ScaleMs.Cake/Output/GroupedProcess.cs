using Cake.Core.IO;

namespace ScaleMs;

/// <summary>A program of Cake's process runner that writes to pipes of ours. Waiting for it is waiting for it alone, as with a terminal: not for what it left running with the same pipes.</summary>
/// <param name="process">The program.</param>
/// <param name="streams">Takes what it writes.</param>
internal sealed class GroupedProcess(IProcess process, ProgramStreams streams) : IProcess
{
    // Whoever writes later is heard too, so this only keeps the program's last lines before what its task goes on to write.
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(1);

    // Without a limit it would wait for the end of the pipes.
    public void WaitForExit() => WaitForExit(int.MaxValue);

    public bool WaitForExit(int milliseconds)
    {
        var hasEnded = process.WaitForExit(milliseconds);
        if (hasEnded)
        {
            streams.Ended.Wait(LongestDrain);
        }

        return hasEnded;
    }

    public int GetExitCode() => process.GetExitCode();

    public IEnumerable<string> GetStandardError() => process.GetStandardError();

    public IEnumerable<string> GetStandardOutput() => process.GetStandardOutput();

    public void Kill() => process.Kill();

    /// <summary>Lets go of the program; of its pipes when they have ended.</summary>
    public void Dispose() => streams.Ended.ContinueWith(_ => process.Dispose(), TaskScheduler.Default);
}
