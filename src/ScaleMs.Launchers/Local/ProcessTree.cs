using System.Runtime.InteropServices;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Local;

/// <summary>All processes of one command: its leader's group and session, and whatever bears the attempt's marker.</summary>
/// <remarks>
/// Valid until the leader is reaped: until then nobody else can get its id. Without <c>/proc</c> only the group is known.
/// </remarks>
/// <param name="leader">The id of the process that was started, and of its group and session.</param>
/// <param name="directory">The attempt's directory, which is the marker's value.</param>
internal sealed class ProcessTree(int leader, string directory)
{
    private const int FewEnoughToTry = 256;

    /// <summary>Adopts orphans, also where the host was put into its namespace from outside.</summary>
    private const int FirstProcess = 1;

    /// <summary>Should the host lose its parent, it goes to another one of these.</summary>
    private static readonly HashSet<int> HostAndAncestors = [FirstProcess, .. ProcFiles.OurselvesAndAncestors()];

    /// <summary>The members that are alive, in no order.</summary>
    internal IReadOnlyList<int> Members() => Among([.. ProcFiles.Pids()]);

    /// <summary>What is left of a leader that was started less than about a second ago and has ended; its members' ids must follow its own.</summary>
    /// <remarks>
    /// Trying a few ids takes microseconds; to look at all processes of a large node takes longer than a short command.
    /// Ids are given out in ascending order, from 32,768 or more, so they do not come round in a second. When no id was given out since the
    /// last look, nobody can have been born of a process that was still to be looked at.
    /// </remarks>
    internal Remains OfYoungLeader()
    {
        var members = new List<int>();
        var isCertain = true;
        var next = leader + 1;
        for (var newest = ProcFiles.NewestPid(); next <= newest || newest < leader; newest = ProcFiles.NewestPid())
        {
            if (newest < leader || newest - leader > FewEnoughToTry)
            {
                return new Remains(Members(), IsCertain: false);
            }

            for (; next <= newest; next++)
            {
                isCertain &= IsTold(next, newest, members);
            }
        }

        return new Remains(members, isCertain);
    }

    /// <summary>The members besides a leader that lives on, as far as they were born lately.</summary>
    /// <param name="before">The id that was given out last before that, less than about a second ago.</param>
    internal IReadOnlyList<int> BornAfter(int before)
    {
        var newest = ProcFiles.NewestPid();
        return before > 0 && newest >= before && newest - before <= FewEnoughToTry
            ? [.. Enumerable.Range(before + 1, newest - before).Where(id => !ProcFiles.IsThreadOf(leader, id) && (IsInSession(id) || AttemptMarker.Find(directory, [id]).Any()) && ProcFiles.IsAlive(id))]
            : MembersBesidesLeader();
    }

    /// <summary>The members besides a leader that lives on.</summary>
    internal IReadOnlyList<int> MembersBesidesLeader() => [.. Members().Where(pid => pid != leader)];

    /// <summary>The members that stayed in the leader's session; much cheaper to find.</summary>
    internal IEnumerable<int> Session() => ProcFiles.Pids().Where(IsInSession);

    /// <summary>Asks each process to end, once.</summary>
    internal void Terminate()
    {
        // Sought first: what leaves the group because of the signal must not be found outside it and get a second one.
        var outside = Members().Where(pid => LibC.GroupOf(pid) != leader).ToList();
        Send(-leader, LibC.Terminate);
        outside.ForEach(pid => Send(pid, LibC.Terminate));
    }

    /// <summary>Ends every process that is there now; one that is just being started needs a second call.</summary>
    internal void Kill()
    {
        Send(-leader, LibC.Kill);
        foreach (var pid in Members())
        {
            Send(pid, LibC.Kill);
        }
    }

    private IReadOnlyList<int> Among(IReadOnlyList<int> pids) =>
        [.. pids.Where(IsInSession).Where(ProcFiles.IsAlive).Union(AttemptMarker.Find(directory, pids))];

    /// <summary>Adds a process to the members if it is one.</summary>
    /// <returns>False when it may be one that hides: it lives, and is neither marked as somebody else's nor the host's own.</returns>
    private bool IsTold(int pid, int newest, List<int> members)
    {
        if (LibC.SessionOf(pid) < 0 && Marshal.GetLastPInvokeError() == LibC.NoProcess)
        {
            return true;
        }

        if (IsInSession(pid) || AttemptMarker.Find(directory, [pid]).Any())
        {
            members.AddRange(ProcFiles.IsAlive(pid) ? [pid] : []);
            return true;
        }

        return AttemptMarker.IsMarked(pid) || ProcFiles.IsThreadOfThisProcess(pid) || IsOfOthers(pid, newest) || !ProcFiles.IsAlive(pid);
    }

    /// <summary>Whether a process descends from another command of the host, or from one that is older than the leader.</summary>
    /// <remarks>What loses its parent goes to one of its ancestors; those that it shares with the host prove nothing.</remarks>
    private bool IsOfOthers(int pid, int newest)
    {
        int parent;
        for (parent = ProcFiles.ParentOf(pid); parent > leader && parent <= newest; parent = ProcFiles.ParentOf(parent))
        {
        }

        return parent == Environment.ProcessId || (parent > 0 && parent != leader && !HostAndAncestors.Contains(parent));
    }

    private bool IsInSession(int pid) => LibC.SessionOf(pid) == leader || LibC.GroupOf(pid) == leader;

    private static void Send(int target, int signal) => _ = LibC.Signal(target, signal); // gone in the meantime is as good
}
