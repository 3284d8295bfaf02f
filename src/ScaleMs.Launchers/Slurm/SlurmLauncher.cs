using System.Security.Cryptography;
using System.Text;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Runs attempts as jobs of Slurm: like ones in one array, one query for all, results by the files that the wrapper leaves.</summary>
/// <remarks>
/// Thread safe. Nothing runs while no attempt is under way. An attempt outlives its client: the next one takes it over by
/// <c>submitted.json</c>, or by the job's comment where the client was killed before it could write that.
/// </remarks>
public sealed class SlurmLauncher : ILauncher
{
    private readonly SiteProfile _site;
    private readonly SlurmProfile _slurm;
    private readonly ISiteShell _shell;
    private readonly string _workDirectory;
    private readonly IAttemptStaging _staging;
    private readonly SlurmDesk _desk;
    private readonly Lazy<Task> _tidying;

    /// <summary>A launcher for a cluster whose commands are on this machine and whose nodes see its disk.</summary>
    /// <param name="site">The site.</param>
    /// <param name="workDirectory">The directory that holds all attempts' directories, absolute.</param>
    public SlurmLauncher(SiteProfile site, string workDirectory)
        : this(site, workDirectory, new SlurmPorts())
    {
    }

    internal SlurmLauncher(SiteProfile site, string workDirectory, SlurmPorts ports)
    {
        (_site, _shell, _workDirectory) = (site, ports.Shell, workDirectory);
        _slurm = site.Slurm ?? new SlurmProfile();
        _staging = ports.Staging ?? new SharedStaging(site, _slurm.FileDelay);
        var workspace = WorkspaceOf(workDirectory);
        Commands = new SlurmCommands(site, workspace, ports.Shell);
        Records = new BatchRecords(Path.Combine(workDirectory, WorkRemains.Batches));
        var roots = new Roots(site.IsShared ? new FileView() : new ShellView(ports.Shell));
        var watch = new Watch(site, Commands, roots, new Heartbeats(site, Commands, roots, ports.Tell));
        var submitter = new Submitter(site, Commands, watch, Records, PutWrapperAsync, ports.OnCrashPoint);
        _desk = new SlurmDesk(site, new Gathering(workspace, _slurm), submitter, watch);
        _tidying = new Lazy<Task>(() => Task.Run(() => WorkRemains.Remove(workDirectory)));
    }

    /// <inheritdoc/>
    public string Name => "slurm";

    internal SlurmCommands Commands { get; }

    internal BatchRecords Records { get; }

    /// <summary>The removal of what earlier runs left; it begins with the first attempt and nothing waits for it.</summary>
    internal Task Tidying => _tidying.Value;

    /// <inheritdoc/>
    /// <remarks>An attempt that is taken over and that no job is left of ends as <see cref="LaunchEnd.NeverStarted"/> or <see cref="LaunchEnd.NodeLost"/>.</remarks>
    public async Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
    {
        if (request.Commands.Select(command => StartTrouble.Before(request, command)).FirstOrDefault(trouble => trouble is not null) is { } mistake)
        {
            return new LaunchResult { End = LaunchEnd.NotStarted, Message = mistake, IsLasting = true };
        }

        _ = Tidying;
        try
        {
            if (request.IsTakenOver && KeptResultOf(request) is { } kept)
            {
                return await TakeKeptAsync(request, kept, onLine).ConfigureAwait(false);
            }

            var place = request.IsTakenOver ? PlaceOf(request) : await _staging.SendAsync(request, cancellation).ConfigureAwait(false);
            return await RunAsync(request, place, onLine, cancellation).ConfigureAwait(false);
        }
        catch (SiteException trouble)
        {
            return new LaunchResult { End = LaunchEnd.NotStarted, Message = trouble.Message };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new LaunchResult { End = LaunchEnd.Cancelled };
        }
    }

    /// <inheritdoc/>
    /// <remarks>Jobs are not this machine's processes: those of an attempt that nobody takes over end when its directory is gone or their time is up.</remarks>
    public int Reap(string workDirectory) => 0;

    /// <inheritdoc/>
    public bool CanTakeOver(string directory) =>
        SubmittedRecord.Read(directory) is { } record && record.Site == _site.Name && !File.Exists(Path.Combine(directory, AttemptFiles.Cancel));

    private async Task<LaunchResult> RunAsync(LaunchRequest request, AttemptPlace place, Action<string>? onLine, CancellationToken cancellation)
    {
        var log = LogOf(request, place, onLine);
        var attempt = new SlurmAttempt(request, place, log, _slurm);
        Begin(attempt, request.IsTakenOver);
        SlurmEnd end;
        using (cancellation.Register(() => _desk.Stop(attempt)))
        {
            end = await attempt.End.ConfigureAwait(false);
        }

        attempt.ListenerTrouble?.Throw();
        if (log is not null)
        {
            await log.FinishAsync(end.Result?.LogBytes ?? 0, _slurm.FileDelay, CancellationToken.None).ConfigureAwait(false);
        }

        using var time = new HarvestTime(HarvestTime.Usual, cancellation);
        return await BringBackAsync(request, place, end, time.Over).ConfigureAwait(false);
    }

    private void Begin(SlurmAttempt attempt, bool isTakenOver)
    {
        if (isTakenOver && SubmittedRecord.Read(attempt.LocalRoot) is { } record)
        {
            attempt.Take(record.Batch, record.Index, Records.Read(record.Batch));
            _desk.TakeOver(attempt);
        }
        else
        {
            _desk.Submit(attempt);
        }
    }

    private async Task<LaunchResult> BringBackAsync(LaunchRequest request, AttemptPlace place, SlurmEnd end, CancellationToken over)
    {
        try
        {
            if (end.Result is { } result)
            {
                await _staging.BringBackAsync(request, place, result, over).ConfigureAwait(false);
                Keep(place, end.Text);
            }

            await RemoveAsync(place, over).ConfigureAwait(false);
            return end.ToLaunchResult();
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            var isLeft = end.ToLaunchResult().End != LaunchEnd.Cancelled;
            return new LaunchResult { End = LaunchEnd.Cancelled, IsLeft = isLeft, Message = isLeft ? $"it ended at site '{_site.Name}', and the next run brings back what it left" : string.Empty };
        }
        catch (SiteException trouble)
        {
            return end.ToLaunchResult() with { End = LaunchEnd.NodeLost, Message = trouble.Message, IsEndSeen = false };
        }
    }

    /// <summary>All is here: what cannot be removed at the site stays there, and costs the attempt nothing.</summary>
    private async Task RemoveAsync(AttemptPlace place, CancellationToken over)
    {
        try
        {
            await _staging.RemoveAsync(place, over).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is SiteException || (trouble is OperationCanceledException && over.IsCancellationRequested))
        {
            // A root that nobody needs.
        }
    }

    /// <summary>What is removed at the site is found again here, should this client be killed before the result is recorded.</summary>
    private void Keep(AttemptPlace place, string text)
    {
        if (!_site.IsShared)
        {
            OwnFile.Write(place.Here(AttemptFiles.Result), text);
        }
    }

    private AttemptResult? KeptResultOf(LaunchRequest request)
    {
        var file = AttemptPlace.Shared(request.Directory).Here(AttemptFiles.Result);
        return !_site.IsShared && File.Exists(file) && AttemptResult.Read(File.ReadAllText(file)) is { } result && result.ProblemFor(request) is null ? result : null;
    }

    /// <summary>All came here with its log, which is told once more.</summary>
    private static async Task<LaunchResult> TakeKeptAsync(LaunchRequest request, AttemptResult kept, Action<string>? onLine)
    {
        try
        {
            await OutputCheck.AwaitAllAsync(request, kept.Outputs, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SiteException trouble)
        {
            return kept.ToLaunchResult() with { End = LaunchEnd.NodeLost, Message = trouble.Message };
        }

        var told = new LogFollower(new FileLogSource(request.LogFile), request with { LogFilter = null }, isCopied: false, onLine);
        await told.FinishAsync(CancellationToken.None).ConfigureAwait(false);
        return kept.ToLaunchResult();
    }

    private static AttemptPlace PlaceOf(LaunchRequest request)
    {
        var place = AttemptPlace.Shared(request.Directory);
        return SubmittedRecord.Read(place.LocalRoot) is { } record ? place with { RemoteRoot = record.Root } : place;
    }

    /// <summary>Into the scratch folder where the nodes do not see this disk: they may not see the login node's home directory either.</summary>
    private async Task<string> PutWrapperAsync() => _site.IsShared
        ? WrapperFile.Put(Path.Combine(_workDirectory, WorkRemains.Wrappers))
        : await WrapperFile.PutAsync(_shell, await ScratchFolder.MakeAsync(_shell, _site.Scratch, CancellationToken.None).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);

    private LogFollower? LogOf(LaunchRequest request, AttemptPlace place, Action<string>? onLine)
    {
        var file = OrderText.LogOf(request, place);
        return onLine is null && file == request.LogFile ? null : new LogFollower(_site.IsShared ? new FileLogSource(file) : new ShellLogSource(_shell, file), request, file != request.LogFile, onLine);
    }

    internal static string WorkspaceOf(string workDirectory) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(workDirectory))))[..12];
}
