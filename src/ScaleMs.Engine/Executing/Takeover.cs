using ScaleMs.Core.Failures;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Places;

namespace ScaleMs.Engine.Executing;

/// <summary>Attempts that can outlive their client: what is kept beside them, so that the next client can await them instead of making them again.</summary>
internal sealed class Takeover(IDisk disk, StepPlace place)
{
    /// <summary>Marks an attempt that was given up without a word of its own: its processes may be running.</summary>
    private const string UnseenMark = "unseen";

    /// <summary>Whether an attempt of a dead client is to be awaited.</summary>
    /// <param name="attempt">Its directory, absolute.</param>
    public bool IsPossible(string attempt) =>
        !place.IsHere && MayRunElsewhere(disk, attempt) && place.Launcher.CanTakeOver(attempt);

    /// <summary>Whether an attempt was given to another place, whichever it was, and nobody has seen its end: it may write to its directory.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="attempt">Its directory, absolute.</param>
    public static bool MayRunElsewhere(IDisk disk, string attempt) =>
        disk.Stat(Path.Combine(attempt, AttemptMarks.Ended)) is null && disk.Stat(Path.Combine(attempt, AttemptMarks.Elsewhere)) is not null;

    /// <summary>Whether an attempt that is over for its client may yet write to its directory: others said that its node is gone.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="attempt">Its directory, absolute.</param>
    public static bool MayBeWrittenTo(IDisk disk, string attempt) => disk.Stat(Path.Combine(attempt, UnseenMark)) is not null;

    /// <summary>Keeps what it began with. Here attempts die with their client.</summary>
    public void Keep(string attempt, AttemptNote note)
    {
        if (!place.IsHere)
        {
            var file = Path.Combine(attempt, AttemptMarks.Elsewhere);
            disk.WriteText(file + ".new", note.ToText());
            disk.Move(file + ".new", file);
        }
    }

    /// <summary>What the dead client's attempt began with.</summary>
    /// <exception cref="DamagedNoteException">A machine that went down took it with it.</exception>
    public AttemptNote Read(string attempt, Resources declared)
    {
        var file = Path.Combine(attempt, AttemptMarks.Elsewhere);
        try
        {
            return AttemptNote.Read(disk.ReadText(file), declared);
        }
        catch (Exception cause) when (cause is FormatException or StoreException)
        {
            throw new DamagedNoteException($"'{file}', which tells what the attempt of an interrupted run began with, cannot be read: {cause.Message}");
        }
    }

    /// <summary>Has an attempt ended that nobody will take anything of: takes it over as one that is cancelled, which every launcher knows to end.</summary>
    /// <returns>How it ended; null when that is not known.</returns>
    public async Task<LaunchResult?> EndAsync(string attempt, StepId step, ActionKey key)
    {
        var directory = new PrivateDirectory(attempt);
        using var stop = new CancellationTokenSource();
        var request = new LaunchRequest
        {
            Step = step, Key = key.ToString(), IsTakenOver = true, Directory = directory.Files, Commands = [], LogFile = directory.Log,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
        };
        var running = Cancelled(place.Launcher.RunAsync(request, null, stop.Token), stop);
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return running.IsCompletedSuccessfully ? await running.ConfigureAwait(false) : null;
    }

    /// <summary>Marks an attempt as one that is over.</summary>
    /// <param name="attempt">Its directory, absolute.</param>
    /// <param name="failure">Why.</param>
    /// <param name="launch">How it ended; null when that is not known.</param>
    public void MarkEnded(string attempt, FailureClass failure, LaunchResult? launch)
    {
        if (!place.IsHere)
        {
            disk.CreateDirectory(attempt);
            if (failure is FailureClass.NodeLost or FailureClass.Cancelled && launch is not ({ LeftNobody: true } or { IsEndSeen: true }))
            {
                disk.WriteText(Path.Combine(attempt, UnseenMark), string.Empty);
            }

            disk.WriteText(Path.Combine(attempt, AttemptMarks.Ended), failure + "\n");
        }
    }

    /// <summary>On this thread: whoever waits for the end is not to wait for a free one first.</summary>
    private static Task<LaunchResult> Cancelled(Task<LaunchResult> running, CancellationTokenSource stop)
    {
        stop.Cancel();
        return running;
    }
}

/// <summary>What is kept beside an attempt that is to be taken over cannot be read: it is ended and made again.</summary>
internal sealed class DamagedNoteException(string message) : Exception(message);
