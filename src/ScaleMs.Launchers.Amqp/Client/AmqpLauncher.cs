using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Client;
using ScaleMs.Launchers.Amqp.Protocol;
using ScaleMs.Launchers.Sites;
using HarvestTime = ScaleMs.Launchers.Remote.HarvestTime;

namespace ScaleMs.Launchers.Amqp;

/// <summary>Sends attempts to the workers of a farm through a RabbitMQ broker, and brings back what they leave.</summary>
/// <remarks>
/// Thread safe; thousands of attempts may be under way. An attempt survives this client: it is noted in its root before it is sent, and its result waits at
/// the broker. It knows nothing of retries: a worker that is lost costs no attempt, because the broker hands the action to another one.
/// </remarks>
public sealed class AmqpLauncher : ILauncher, IAsyncDisposable
{
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnbegunPatience = TimeSpan.FromSeconds(1);

    private readonly AmqpLauncherOptions _options;
    private readonly FarmClient _farm;
    private readonly FarmSite _site;
    private readonly ActionWriter _writer;
    private readonly ResultReader _reader;

    /// <summary>Connects in the background; a broker that is away is waited for.</summary>
    /// <param name="options">Where the farm is.</param>
    /// <exception cref="ArgumentException">The farm's name or the blobs' place is none.</exception>
    public AmqpLauncher(AmqpLauncherOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var place = BlobPlace.Open(options.Blobs, options.BlobToken);
        _farm = new FarmClient(options);
        _site = new FarmSite(_farm.Questions, options.Farm, options.AnswerPatience);
        _writer = new ActionWriter(options, place, _site.ToolAt);
        _reader = new ResultReader(options, place);
    }

    /// <summary>Makes the launcher of a site.</summary>
    /// <param name="site">The site; its launcher is <c>amqp</c>.</param>
    /// <param name="variable">Reads a variable of the environment: credentials, and the token of a blob endpoint.</param>
    /// <param name="notice">Takes what is odd and costs nothing.</param>
    /// <returns>The launcher; it is disposed of at the end of the run.</returns>
    /// <exception cref="BrokerException">The address is none, or the file of credentials is missing or open to others.</exception>
    /// <exception cref="ArgumentException">The farm's name or the blobs' place is none.</exception>
    public static AmqpLauncher Of(SiteProfile site, Func<string, string?> variable, Action<string> notice)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(variable);
        var farm = site.Amqp ?? throw new ArgumentException($"the site '{site.Name}' names no broker");
        return new AmqpLauncher(new AmqpLauncherOptions
        {
            Broker = BrokerAddress.Of(farm.Broker, HomePath.Of(farm.CredentialsFile, variable), variable),
            Farm = farm.Farm,
            Blobs = HomePath.Of(farm.Blobs, variable),
            BlobToken = variable(EndpointProtocol.TokenVariable) ?? string.Empty,
            Site = site.Name,
            Labels = farm.Labels,
            Priority = farm.Priority,
            Pass = site.Pass,
            Environment = site.Environment,
            Notice = notice,
        });
    }

    /// <summary>The farm's tools and facts, as a worker tells them.</summary>
    public ISite Site => _site;

    /// <inheritdoc/>
    public string Name => AttemptJournal.Launcher;

    /// <inheritdoc/>
    public async Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var former = request.IsTakenOver ? AttemptJournal.Read(ActionWriter.RootOf(request)) : null;
        using var log = new AttemptLog(request, LogBytesOf(request, former), onLine);
        try
        {
            var result = await ResultAsync(request, former, log, cancellation).ConfigureAwait(false);
            return await BroughtAsync(request, result, log, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Ended(LaunchEnd.Cancelled, string.Empty);
        }
        catch (BrokerException refused)
        {
            return Ended(LaunchEnd.NotStarted, refused.Message) with { IsLasting = true };
        }
        catch (Exception trouble) when (trouble is BlobException or IOException or UnauthorizedAccessException)
        {
            return Ended(LaunchEnd.NotStarted, $"it could not be sent to farm '{_options.Farm}': {trouble.Message}");
        }
    }

    /// <inheritdoc/>
    /// <remarks>What an earlier client left with the farm is no process of this machine: it is taken over.</remarks>
    public int Reap(string workDirectory) => 0;

    /// <inheritdoc/>
    public bool CanTakeOver(string directory) => AttemptJournal.Read(directory)?.Note is { } note && note.Site == _options.Site && note.Farm == _options.Farm;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Clamp(double.IsFinite(seconds) ? seconds : 0, 0, 1e9));

    private static LaunchResult Ended(LaunchEnd end, string message) => new() { End = end, Message = message, LeftNobody = true };

    /// <summary>How long the log was before the attempt; what its first client wrote into it does not count.</summary>
    private static long LogBytesOf(LaunchRequest request, JournalText? former) => former is not null
        ? former.Note.LogBytes
        : new FileInfo(request.LogFile) is { Exists: true } file ? file.Length : 0;

    private async Task<ResultMessage> ResultAsync(LaunchRequest request, JournalText? former, AttemptLog log, CancellationToken cancellation)
    {
        if (former?.Result is { } body && Wire.Result(body).Message is { } known)
        {
            return known;
        }

        var action = request.IsTakenOver ? await TakeOverAsync(request, former, log, cancellation).ConfigureAwait(false) : await SendAsync(request, log, cancellation).ConfigureAwait(false);
        return await WaitAsync(action, request.Grace, cancellation).ConfigureAwait(false);
    }

    /// <summary>The note is there before the action is: whenever this client dies, its successor knows what to wait for.</summary>
    private async Task<PendingAction> SendAsync(LaunchRequest request, AttemptLog log, CancellationToken cancellation)
    {
        var message = await _writer.WriteAsync(request, Guid.NewGuid().ToString("N"), _farm.ReplyQueue, cancellation).ConfigureAwait(false);
        var body = Wire.Bytes(message);
        if (body.Length > Wire.MostBytes)
        {
            throw new BlobException($"its commands and variables make a message of {body.Length} bytes, and the longest is {Wire.MostBytes}: pass what is long in files");
        }

        var className = message.Class.Name();
        var queue = _farm.Names.Work(className);
        var note = new AttemptNote { Launcher = AttemptJournal.Launcher, Site = _options.Site, Farm = _options.Farm, Id = message.Id, Key = request.Key, ReplyTo = _farm.ReplyQueue, Queue = queue, Class = message.Class, LogBytes = log.Beginning };
        var action = new PendingAction(message.Id, request.Key, AttemptJournal.Begin(ActionWriter.RootOf(request), note, body), className, _farm.ReplyQueue) { Log = log };
        _farm.Expect(action);
        await SendAsync(action, message, body, cancellation).ConfigureAwait(false);
        return action;
    }

    private async Task SendAsync(PendingAction action, ActionMessage message, byte[] body, CancellationToken cancellation)
    {
        try
        {
            await _farm.SendAsync(_farm.Names.Work(action.ClassName), message, body, cancellation).ConfigureAwait(false);
            action.Journal.IsSent();
            action.IsSeen();
        }
        catch
        {
            _farm.ExpectNoMore(action);
            action.Journal.Forget();
            throw;
        }
    }

    private async Task<PendingAction> TakeOverAsync(LaunchRequest request, JournalText? former, AttemptLog log, CancellationToken cancellation)
    {
        var (note, unsent, _, journal) = former ?? throw new BlobException($"there is no attempt to take over in '{ActionWriter.RootOf(request)}'");
        var action = new PendingAction(note.Id, request.Key, journal, note.Queue[(note.Queue.LastIndexOf(".work.", StringComparison.Ordinal) + 6)..], note.ReplyTo) { Log = log, IsTakenOver = true };
        _farm.Expect(action);
        action.IsSeen();
        if (!await _farm.AdoptAsync(note.ReplyTo, cancellation).ConfigureAwait(false))
        {
            return action; // it has ended as one that is lost
        }

        await _farm.TakeKeptAsync(action).ConfigureAwait(false);
        if (note.Class is { } resources)
        {
            await _farm.KnowAsync(resources, cancellation).ConfigureAwait(false);
        }

        if (unsent is { } body && Wire.Action(body).Message is { } message)
        {
            // Perhaps it was sent after all: then it is executed twice at most, and the first result counts.
            await _farm.SendAsync(note.Queue, message, body, cancellation).ConfigureAwait(false);
            journal.IsSent();
        }

        return action;
    }

    /// <summary>An attempt that is cancelled has its grace at the worker; one that never began is left to be found out of date there.</summary>
    private async Task<ResultMessage> WaitAsync(PendingAction action, TimeSpan grace, CancellationToken cancellation)
    {
        try
        {
            return await action.Result.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return await CancelAsync(action, grace).ConfigureAwait(false);
        }
    }

    private async Task<ResultMessage> CancelAsync(PendingAction action, TimeSpan grace)
    {
        try
        {
            using var patience = new CancellationTokenSource(action.HasBegun ? grace + CancelPatience : UnbegunPatience);
            await _farm.CancelAsync([action.Id], patience.Token).ConfigureAwait(false);
            return Forgotten(action, await action.Result.WaitAsync(patience.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            return Forgotten(action, new ResultMessage { Id = action.Id, End = LaunchEnd.Cancelled });
        }
    }

    /// <summary>Nobody awaits what was cancelled; what had ended by itself is brought here, now or by the next client.</summary>
    private ResultMessage Forgotten(PendingAction action, ResultMessage result)
    {
        _farm.ExpectNoMore(action);
        if (result.End == LaunchEnd.Cancelled)
        {
            action.Journal.Forget();
        }

        return result;
    }

    private async Task<LaunchResult> BroughtAsync(LaunchRequest request, ResultMessage result, AttemptLog log, CancellationToken cancellation)
    {
        using var time = new HarvestTime(HarvestTime.Usual, cancellation);
        try
        {
            await _reader.BringAsync(request, result, log, time.Over).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (time.Over.IsCancellationRequested)
        {
            var isLeft = result.End != LaunchEnd.Cancelled;
            return Ended(LaunchEnd.Cancelled, isLeft ? $"worker '{result.Worker}' has ended it, and the next run brings back what it left" : string.Empty) with { IsLeft = isLeft };
        }
        catch (Exception trouble) when (trouble is BlobException or IOException or UnauthorizedAccessException)
        {
            return Ended(LaunchEnd.NodeLost, $"what worker '{result.Worker}' left cannot be taken: {trouble.Message}") with { Host = result.Host };
        }

        if (result.End == LaunchEnd.NodeLost)
        {
            _writer.Forget(); // perhaps a blob that was sent long ago is no longer there
        }

        return new LaunchResult
        {
            End = result.End,
            ExitCode = result.ExitCode,
            CommandIndex = result.CommandIndex,
            Wall = Seconds(result.WallSeconds),
            Cpu = Seconds(result.CpuSeconds),
            PeakMemoryBytes = result.PeakMemoryBytes,
            Host = result.Host,
            LeftNobody = true,
            IsLasting = result.IsLasting,
            Message = result.Message,
        };
    }
}
