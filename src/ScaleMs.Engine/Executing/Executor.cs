using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Core.Tracing;
using ScaleMs.Engine.Comparing;
using ScaleMs.Engine.Places;
using ScaleMs.Engine.Secrets;
using ScaleMs.Engine.Tracing;

namespace ScaleMs.Engine.Executing;

/// <summary>Runs one attempt at an action in a private directory: stage, launch, check, collect.</summary>
/// <remarks>Knows nothing of the graph and writes no record: it returns what the run loop commits.</remarks>
internal sealed class Executor(
    IDisk disk, IFileStore store, StepPlace place, FilterRunner filters, IFunctionRunner functions, TimeProvider clock, RetiredAttempts retired, SecretKeeper secrets, Action<string>? atPoint = null, Tracer? tracer = null)
{
    private static readonly string ThisHost = System.Environment.MachineName;
    private readonly Staging _staging = new(disk);
    private readonly CheckpointSeed _seed = new(disk, clock);
    private readonly SuccessCheck _success = new(disk);
    private readonly Collector _collector = new(disk, store);
    private readonly OutputJudge _judge = new(disk, store, filters);
    private readonly FunctionCalls _calls = new(disk, functions);
    private readonly Takeover _takeover = new(disk, place);
    private readonly LaunchOrders _orders = new(place.Site, store);

    /// <summary>Runs an attempt; never throws for what a tool, a function or the disk does.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="onStart">Called before the launch; says whether the attempt goes on from a checkpoint.</param>
    /// <param name="onProgress">Takes progress.</param>
    /// <param name="onRecord">Takes records of the log.</param>
    /// <param name="onEnd">Called when nothing runs for the attempt any more, and nothing but its outputs, which are all there, is to be taken; not where comparing them is work of its own.</param>
    /// <param name="signs">End it.</param>
    public async Task<Execution> RunAsync(
        ExecutionRequest request, Action<bool> onStart, Action<Progress> onProgress, Action<LogRecord> onRecord, Action onEnd, StopSigns signs)
    {
        var startedAt = clock.GetUtcNow();
        var begun = clock.GetTimestamp();
        var attempt = new Attempt(request, new PrivateDirectory(request.Directory));
        var isContinued = false;
        var isLeft = false;
        ActionResult? result = null;
        LaunchResult? launch = null;
        AttemptNote? note = null;
        List<TraceFinding>? traced = null;
        Failure? failure;
        try
        {
            note = request.IsTakenOver ? _takeover.Read(request.Directory, request.Granted) : await StageAsync(attempt, signs.Stop).ConfigureAwait(false);
            isContinued = note.IsContinued;
            attempt = attempt with { Request = request = request with { Granted = note.Granted } };
            attempt.Secrets = request.Step.Secrets.Count == 0 ? null : secrets.Give(request.Step, request.Directory, attempt.Files, signs.Stop);
            onStart(isContinued);
            launch = await LaunchAsync(attempt, Listener(attempt, onProgress, onRecord), signs).ConfigureAwait(false);
            isLeft = launch.LeftNobody && attempt.Secrets is null;
            attempt.Secrets?.TakeFiles();
            traced = tracer?.Findings(request, attempt.Directory) is { } findings ? attempt.Secrets?.Masked(findings) ?? findings : null;
            failure = _success.Check(request, launch, attempt.Files, attempt.Log) ?? InputChanged(note.Staged, request) ?? attempt.Secrets?.FoundInOutputs() ?? attempt.State?.Check(request.Step) ?? tracer?.Judge(traced!);
            if (failure is null)
            {
                var collected = OutputJudge.IsNeeded(request.Step) ? await JudgeAndCollectAsync(attempt, launch, isContinued, signs.Stop).ConfigureAwait(false) : Collect(attempt, launch, [], onEnd);
                (result, failure) = (collected.Result, collected.Failure);
                isLeft &= collected.LeftNobody;
            }
        }
        catch (InputChangedException exception)
        {
            failure = Changed(exception.Place, request);
        }
        catch (StoreException exception)
        {
            failure = new Failure(FailureClass.StoreError, exception.Message);
        }
        catch (DamagedNoteException exception)
        {
            launch = await _takeover.EndAsync(request.Directory, request.Step.Id, request.Key).ConfigureAwait(false);
            failure = new Failure(FailureClass.NodeLost, exception.Message);
        }
        catch (SecretException exception)
        {
            failure = new Failure(FailureClass.SubmitError, exception.Message) { IsLasting = true };
        }

        failure = EndSecrets(attempt, failure, launch);
        var wall = clock.GetElapsedTime(begun).TotalSeconds;
        var record = RecordOf(request, startedAt, wall, launch, failure);
        var execution = failure is null
            ? new Execution(result! with { Attempts = [record], WallSeconds = wall, IsContinued = isContinued }, null, record, isContinued) { Granted = request.Granted, IsDirectoryLeft = isLeft, Traced = traced }
            : new Execution(null, Explain(failure, attempt, launch), record, isContinued) { Granted = request.Granted, LeftCheckpoint = LeftCheckpoint(request, failure, note), Traced = traced };
        return launch is null ? execution : execution with { CpuSeconds = launch.Cpu.TotalSeconds, PeakMemoryBytes = launch.PeakMemoryBytes };
    }

    private static AttemptRecord RecordOf(ExecutionRequest request, DateTimeOffset startedAt, double wall, LaunchResult? launch, Failure? failure)
    {
        var outcome = failure is null ? "done" : failure.Class == FailureClass.Cancelled ? "interrupted" : failure.Class.ToString();
        return new AttemptRecord(request.Attempt, startedAt, wall, outcome)
        {
            ExitCode = failure?.ExitCode ?? 0,
            PeakMemoryBytes = failure is null ? 0 : launch?.PeakMemoryBytes ?? 0,
            GrantedBytes = request.Granted.MemoryBytes,
            GrantedSeconds = request.Granted.TimeLimit?.TotalSeconds ?? 0,
        };
    }

    /// <summary>Whether an attempt that a dead client left here is to be awaited instead of made again.</summary>
    /// <param name="directory">The attempt's directory, absolute.</param>
    public bool CanTakeOver(string directory) => _takeover.IsPossible(directory);

    private async ValueTask<AttemptNote> StageAsync(Attempt attempt, CancellationToken stop)
    {
        var spares = attempt.Directory.Make(attempt.Request.Step, retired, disk, atPoint);
        var staged = _staging.Fill(attempt.Files, attempt.Request, spares);
        var seed = await _seed.CopyAsync(attempt.Files, attempt.Request.Step, attempt.Request.Interrupted, stop).ConfigureAwait(false);
        var note = new AttemptNote(staged, seed is not null, seed, attempt.Request.Granted);
        _takeover.Keep(attempt.Request.Directory, note);
        return note;
    }

    private bool LeftCheckpoint(ExecutionRequest request, Failure failure, AttemptNote? note)
    {
        try
        {
            return failure.Class == FailureClass.TimeLimit && _seed.HasProgressed(request.Directory, request.Step, note?.Seed);
        }
        catch (StoreException)
        {
            // What cannot be read cannot be gone on from.
            return false;
        }
    }

    /// <summary>No secret outlives its attempt, and no failure tells one. What cannot be removed now is removed by the next run, and what goes on needs it.</summary>
    private static Failure? EndSecrets(Attempt attempt, Failure? failure, LaunchResult? launch)
    {
        try
        {
            if (launch is not { IsLeft: true })
            {
                attempt.Secrets?.End();
            }
        }
        catch (StoreException exception)
        {
            failure ??= new Failure(FailureClass.StoreError, exception.Message);
        }

        return failure is null ? null : attempt.Secrets?.Masked(failure) ?? failure;
    }

    private async Task<LaunchResult> LaunchAsync(Attempt attempt, Action<string>? onLine, StopSigns signs)
    {
        var step = attempt.Request.Step;
        if (step.Operation is not Operation.Function)
        {
            return await LaunchAsync(attempt, _orders.Of(attempt), onLine, signs).ConfigureAwait(false);
        }

        attempt.State?.Put(disk, attempt.Request.Directory);
        var ended = _calls.Prepare(step, attempt.Request.Directory) is { } call
            ? _calls.Explained(await LaunchAsync(attempt, _orders.OfCall(attempt, call), onLine, signs).ConfigureAwait(false), step, attempt.Request.Directory)
            : await CallHereAsync(attempt, signs.Stop).ConfigureAwait(false);
        attempt.State?.Take(disk, attempt.Request.Directory);
        return ended;
    }

    private async Task<LaunchResult> LaunchAsync(Attempt attempt, LaunchRequest request, Action<string>? onLine, StopSigns signs)
    {
        try
        {
            var watched = tracer?.Watch(request, attempt.Directory) ?? request;
            var running = place.IsHere ? place.Launcher.RunAsync(watched, onLine, signs.Stop) : new AwaitedLaunch(place.Launcher, watched, onLine, signs).EndAsync();
            atPoint?.Invoke(CrashPoint.AfterLaunch);
            return await running.ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // The attempt's directory cannot be written, for want of room for one: that is this attempt's failure and ends no other's.
            throw new StoreException($"the attempt's files cannot be written: {cause.Message}", cause);
        }
    }

    /// <summary>What listens to the log; null when nobody wants to know.</summary>
    private Action<string>? Listener(Attempt attempt, Action<Progress> onProgress, Action<LogRecord> onRecord)
    {
        var step = attempt.Request.Step;
        var progress = step.Progress is null ? null : new ProgressListener(step.Progress(), clock, onProgress);
        return step.LogFraming == LogFraming.None ? progress is null ? null : progress.Hear : Hear;

        void Hear(string record)
        {
            progress?.Hear(record);
            if (attempt.State?.Hear(record) != true && LogRecordReader.Read(record) is { } read)
            {
                onRecord(read);
            }
        }
    }

    private async Task<LaunchResult> CallHereAsync(Attempt attempt, CancellationToken cancellation)
    {
        var begun = clock.GetTimestamp();
        var problem = await functions.CallAsync(attempt.Request.Step, attempt.Files, attempt.Log, cancellation).ConfigureAwait(false);
        var ended = new LaunchResult { End = LaunchEnd.Exited, Wall = clock.GetElapsedTime(begun) };
        return problem is null ? ended
            : cancellation.IsCancellationRequested ? ended with { End = LaunchEnd.Cancelled, ExitCode = 1 }
            : ended with { ExitCode = 1, Message = problem };
    }

    private Failure? InputChanged(IReadOnlyList<(string Place, FileStat Stat)> staged, ExecutionRequest request) =>
        (_staging.Changed(staged) ?? request.Tools.Select(ChangedFileOf).FirstOrDefault(file => file is not null)) is { } place
            ? Changed(place, request)
            : null;

    /// <summary>A tool that was replaced since its fingerprint was taken may have run as another version.</summary>
    private string? ChangedFileOf(ToolAnswer tool) => tool.Files.FirstOrDefault(file => disk.Stat(file.Key) != file.Value).Key;

    private static Failure Changed(string place, ExecutionRequest request) =>
        new(FailureClass.InputChanged, $"'{place}' changed while step '{request.Step.Id}' was to use it");

    private async Task<Collected> JudgeAndCollectAsync(Attempt attempt, LaunchResult launch, bool isContinued, CancellationToken cancellation)
    {
        if (_collector.Look(attempt.Request.Step, attempt.Files).Failure is { } missing)
        {
            return new Collected(null, missing);
        }

        var judged = await _judge.JudgeAsync(attempt.Request, attempt.Files, isContinued, cancellation).ConfigureAwait(false);
        var collected = judged[^1]?.Failure is { } failure ? new Collected(null, failure) : Collect(attempt, launch, judged, null);
        return collected with { LeftNobody = judged.TrueForAll(output => output is null or { LeftNobody: true }) };
    }

    private Collected Collect(Attempt attempt, LaunchResult launch, IReadOnlyList<JudgedOutput?> judged, Action? onEnd)
    {
        var request = attempt.Request;
        var (found, failure) = _collector.Look(request.Step, attempt.Files);
        if (failure is not null)
        {
            return new Collected(null, failure);
        }

        onEnd?.Invoke();
        atPoint?.Invoke(CrashPoint.BeforeCollect);
        return new Collected(new ActionResult
        {
            Key = request.Key,
            Step = request.Step.Id,
            Outputs = _collector.Take(request.Step, request.Key, attempt.Files, found, judged).ToArray(),
            Components = request.Components,
            RunId = request.RunId,
            FinishedAt = clock.GetUtcNow(),
            CpuSeconds = launch.Cpu.TotalSeconds,
            PeakMemoryBytes = launch.PeakMemoryBytes,
            ExitCode = launch.ExitCode,
            Launcher = _calls.IsHere(attempt.Request.Directory, request.Step) ? "in-process" : place.Name,
            Host = launch.Host.Length > 0 ? launch.Host : ThisHost,
            Log = disk.Stat(attempt.Log) is { Length: > 0 } ? store.Put(attempt.Log).Bytes : default,
            KeptState = attempt.State?.Next,
        }, null);
    }

    private Failure Explain(Failure failure, Attempt attempt, LaunchResult? launch)
    {
        try
        {
            if (CheckpointSeed.IsSpoiltBy(failure.Class))
            {
                disk.CreateDirectory(attempt.Request.Directory);
                disk.WriteText(Path.Combine(attempt.Request.Directory, AttemptMarks.Failed), failure.Message + "\n");
            }

            if (!IsForTheNext(failure, launch))
            {
                _takeover.MarkEnded(attempt.Request.Directory, failure.Class, launch);
            }

            var log = TellingLog(attempt);
            return failure with { LogPath = log, LogTail = LogTail.Of(disk, log) };
        }
        catch (Exception exception) when (exception is StoreException or IOException or UnauthorizedAccessException)
        {
            // A command's own words may be missing when the disk is what failed.
            return failure with { Message = $"{failure.Message}; besides, {exception.Message}" };
        }
    }

    /// <summary>Whether the next run takes it over: it was left, or had ended well and the run was cancelled before its outputs were taken.</summary>
    private static bool IsForTheNext(Failure failure, LaunchResult? launch) => failure.Class == FailureClass.Cancelled && launch is { IsLeft: true } or { End: LaunchEnd.Exited };

    /// <summary>Where nothing came into the log, what commands said may be in a file that takes their standard error.</summary>
    private string TellingLog(Attempt attempt)
    {
        var files = attempt.Request.Step.Operation is Operation.Commands commands && !HasText(attempt.Log) ? commands.List : [];
        return files.Reverse().Select(command => attempt.PlaceOf(command.StandardError)).FirstOrDefault(file => file is not null && HasText(file)) ?? attempt.Log;
    }

    private bool HasText(string file) => disk.Stat(file) is { IsFile: true, Length: > 0 };

    private sealed record Collected(ActionResult? Result, Failure? Failure)
    {
        public bool LeftNobody { get; init; } = true;
    }
}
