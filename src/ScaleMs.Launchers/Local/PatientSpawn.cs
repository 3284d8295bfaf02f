using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Local;

/// <summary>Starts a process, and tries again while the program's file is open for writing somewhere.</summary>
/// <remarks>It may be so in a child that another thread is just starting, for a moment (golang/go#22315).</remarks>
internal static class PatientSpawn
{
    private const int BusyTries = 50;
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(10);

    /// <returns>The process's id, or the error number of the step that failed.</returns>
    internal static async Task<(int Pid, int Error)> StartAsync(SpawnOrder order, bool hasSpawnDirectory)
    {
        int pid, error, tries = 0;
        while ((error = Spawn.Start(order, out pid, hasSpawnDirectory)) == LibC.TextBusy && ++tries < BusyTries)
        {
            await Task.Delay(BusyPause).ConfigureAwait(false);
        }

        return (pid, error);
    }
}
