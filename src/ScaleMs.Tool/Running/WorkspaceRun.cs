using ScaleMs.Reporting.Control;
using ScaleMs.Store;
using ScaleMs.Store.Locking;
using ScaleMs.Store.Maintenance;

namespace ScaleMs.Tool.Running;

/// <summary>The run of a workspace that goes on, else the last one: who holds the store, what the run wrote of itself, and whether it answers.</summary>
/// <remarks>Only reads, and takes no lock.</remarks>
internal sealed class WorkspaceRun
{
    private readonly string _workspace;
    private readonly OpenOptions _options;

    /// <summary>Looks.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="options">Where the store is.</param>
    /// <exception cref="StoreMissingException">There is no store.</exception>
    public WorkspaceRun(string workspace, OpenOptions options)
    {
        (_workspace, _options) = (workspace, options);
        Summaries = StoreReading.Open(workspace, options).Summaries;
        Store = Path.GetFullPath(Path.Combine(workspace, options.DirectoryName));
        Note = RunNote.TryRead(Store);
    }

    /// <summary>The store's folder.</summary>
    public string Store { get; }

    /// <summary>The note of the last run that wrote one.</summary>
    public RunNote? Note { get; private set; }

    private IReadOnlyList<string> Summaries { get; }

    /// <summary>The folder of a run.</summary>
    public string FolderOf(string run) => Path.Combine(Store, "runs", run);

    /// <summary>Reaches the engine of a run that may go on.</summary>
    /// <returns>The client, or why there is none.</returns>
    public (ControlClient? Client, string Problem) Reach() => Note switch
    {
        null or { End: not null } => (null, "no run goes on"),
        { Host: var host } when host != _options.HostName => (null, $"it is on host '{host}'"),
        var note => ControlClient.Reach(note),
    };

    /// <summary>Whether a process holds the store, as far as can be told here.</summary>
    public bool IsHeld() => StoreHolder.Find(_workspace, _options) is not null;

    /// <summary>How far the run is, or how it ended.</summary>
    public RunStatus Status()
    {
        var (client, problem) = Reach();
        using (client)
        {
            var answer = client?.Ask("status");
            return answer?.Status is { } told ? told with { State = RunState.Running } : WithoutEngine(answer?.Message ?? problem);
        }
    }

    /// <summary>What the store's files tell.</summary>
    /// <param name="problem">Why the engine was not asked.</param>
    public RunStatus WithoutEngine(string problem)
    {
        var holder = StoreHolder.Find(_workspace, _options);
        // It may have ended while it was asked.
        Note = RunNote.TryRead(Store);
        return holder is not null ? Held(holder, problem)
            : Note is { End: null } killed && IsNewest(killed) ? Lost(killed)
            : Ended();
    }

    private RunStatus Held(StoreHolder holder, string problem)
    {
        if (Note is { End: null } note && note.Pid == holder.Pid && note.Host == holder.Host)
        {
            return (Events(note, DateTimeOffset.UtcNow) ?? Bare(note)) with { State = RunState.Running, Note = note, Remark = $"told by its event log, since {problem}{Doubt(holder)}" };
        }

        var text = $"process {holder.Pid} on host '{holder.Host}' holds the store since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, and executes nothing yet, or no longer: {holder.Command}{Doubt(holder)}";
        return new RunStatus { State = RunState.Starting, Source = "store", At = DateTimeOffset.UtcNow, StartedAt = holder.Since, Remark = text };
    }

    /// <summary>Nobody here can tell whether it lives.</summary>
    private static string Doubt(StoreHolder holder) => holder.IsHere ? string.Empty : "; whether it lives can only be told on its host";

    /// <summary>Its last event is the last that is known of it.</summary>
    private RunStatus Lost(RunNote note) => (Events(note, null) ?? Bare(note)) with
    {
        State = RunState.Lost,
        Note = note,
        Remark = "its process is gone without a word: it was killed, or the machine was switched off. Give the same command line: it runs only what is missing",
    };

    private RunStatus Ended()
    {
        var status = Summaries.Count > 0 ? SummaryStatus.TryRead(Summaries[0]) : null;
        return Note is { } note && IsNewest(note)
            ? (status?.Run == note.Run ? status : Bare(note)) with { State = RunState.Ended, Note = note }
            : status ?? new RunStatus { State = RunState.None, Source = "summary", At = DateTimeOffset.UtcNow };
    }

    /// <summary>A short run writes no note, and every run that did something a summary. An id begins with its time.</summary>
    private bool IsNewest(RunNote note) => Summaries.Count == 0 || string.CompareOrdinal(note.Run, Path.GetFileName(Path.GetDirectoryName(Summaries[0]))) >= 0;

    private RunStatus? Events(RunNote note, DateTimeOffset? now) => EventFile.Status(Path.Combine(FolderOf(note.Run), EventFile.Name), now);

    private static RunStatus Bare(RunNote note) =>
        new() { State = RunState.Running, Source = "store", At = note.End?.At ?? DateTimeOffset.UtcNow, Run = note.Run, Target = note.Target, StartedAt = note.StartedAt };
}
