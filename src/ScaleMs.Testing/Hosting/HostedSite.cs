using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <summary>A <see cref="SimulatedSite"/> as one life of a host sees it.</summary>
/// <param name="site">The site.</param>
/// <param name="local">Knows the steps, and what they do where the site does not say.</param>
/// <param name="disk">The disk that both see; it outlives the host.</param>
/// <param name="life">The life.</param>
internal sealed class HostedSite(SimulatedSite site, ScriptedLauncher local, MemoryDisk disk, HostLife life) : ILauncher, ISite
{
    public string Name => site.Name;

    public async Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
    {
        life.BeforeRead();
        var root = RootOf(request.Directory);
        var job = request.IsTakenOver ? TakeOver(root) : Begin(root, request);
        var result = await EndAsync(job, cancellation).ConfigureAwait(false);
        if (result.End != LaunchEnd.Cancelled && !await IsBroughtAsync(cancellation).ConfigureAwait(false))
        {
            return new LaunchResult { End = LaunchEnd.Cancelled, IsLeft = true, Host = site.Name };
        }

        PutBack(job, request);
        return result with { Host = site.Name };
    }

    public int Reap(string workDirectory) => 0;

    public bool CanTakeOver(string directory) => site.HandsOver && site.Find(directory) is not null;

    public ToolAnswer Find(Tool tool)
    {
        var version = site.ToolVersions.TryGetValue(tool.Name, out var told) ? told : $"scripted {tool.Name}";
        var lines = tool.Version is ToolVersion.OfLines rule ? rule.LinePrefixes.Select(prefix => KeyValuePair.Create(prefix.TrimEnd(':', ' '), version)) : [KeyValuePair.Create("binary", version)];
        return new ToolAnswer("/tools/" + tool.Candidates.First(name => name.Length > 0), new ToolFingerprint([.. lines]), [], null);
    }

    public string Fact(SiteFact fact) => fact.ToString();

    public Dictionary<string, string> EnvironmentOf(StepInstance step) => new(step.Environment, StringComparer.Ordinal);

    public void Recheck(Tool tool)
    {
        // Nothing is remembered.
    }

    public void OpenEpoch()
    {
        // Nothing is remembered.
    }

    private void PutBack(SimulatedJob job, LaunchRequest request)
    {
        foreach (var (path, digest) in request.IsTakenOver ? job.Left.Where(left => disk.Stat(left.Key) is null) : [])
        {
            if (request.FindTaken(digest) is { } taken)
            {
                disk.Copy(taken, path, executable: false);
            }
        }
    }

    private async Task<LaunchResult> EndAsync(SimulatedJob job, CancellationToken cancellation)
    {
        using var listening = cancellation.Register(() => Cancel(job));
        return await job.WaitAsync(life).ConfigureAwait(false);
    }

    private async Task<bool> IsBroughtAsync(CancellationToken cancellation)
    {
        var brought = new TaskCompletionSource<bool>();
        using var timer = local.Clock.CreateTimer(_ => brought.TrySetResult(true), null, site.BringingBack, Timeout.InfiniteTimeSpan);
        using var listening = cancellation.Register(() => brought.TrySetResult(false));
        return site.BringingBack == TimeSpan.Zero || await brought.Task.ConfigureAwait(false);
    }

    private void Cancel(SimulatedJob job)
    {
        if (!life.IsDown)
        {
            job.End(new LaunchResult { End = LaunchEnd.Cancelled, ExitCode = 143, IsEndSeen = true });
        }
    }

    private SimulatedJob TakeOver(string root)
    {
        site.TakenOver++;
        return site.Find(root)!;
    }

    private SimulatedJob Begin(string root, LaunchRequest request)
    {
        var commands = request.Commands.Select(command => string.Join(' ', command.Arguments.Prepend(Path.GetFileName(command.Program)))).ToList();
        var attempt = local.Begin(request.Step, commands, request.Directory, disk, outlivesHost: true);
        var end = (site.Script ?? local.Script)(attempt.Step);
        var job = new SimulatedJob(site);
        job.Timer = local.Clock.CreateTimer(_ => Finish(job, attempt, end, request.Directory), null, end.Duration, Timeout.InfiniteTimeSpan);
        site.Add(root, job);
        return job;
    }

    private void Finish(SimulatedJob job, ScriptedAttempt attempt, ScriptedEnd end, string directory)
    {
        if (end.Way == LaunchEnd.Exited)
        {
            attempt.Step.Finish();
        }

        job.Left = disk.Files(directory).ToDictionary(path => path, path => disk.Hash(path, []).Bytes, StringComparer.Ordinal);

        var result = new LaunchResult { End = end.Way, ExitCode = end.ExitCode, PeakMemoryBytes = end.MemoryBytes, Wall = end.Duration, IsEndSeen = end.Way != LaunchEnd.NodeLost };
        local.Ended(attempt, result);
        job.End(result);
    }

    private static string RootOf(string directory) => Path.GetDirectoryName(directory)!;
}
