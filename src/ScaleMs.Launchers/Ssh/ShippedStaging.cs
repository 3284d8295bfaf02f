using System.Security.Cryptography;
using System.Text;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Ssh;

/// <summary>For sites that do not see this disk: inputs and outputs travel by content, and only what the other side lacks.</summary>
/// <remarks>
/// There, below the scratch folder: <c>blobs/sha256</c> with what was sent, <c>attempts</c> with a root for each attempt, <c>folders</c> with programs that
/// function steps need. Attempts get copies, so that a command that writes into its input harms no other. Thread-safe.
/// </remarks>
internal sealed class ShippedStaging(SiteProfile site, IStreamShell shell, Func<string> scratch, Func<Task<string>>? room = null, Func<string, Task>? drop = null) : IAttemptStaging
{
    /// <summary>The private directory of an attempt.</summary>
    internal const string Files = "files";

    private const string Attempts = "attempts";

    /// <summary>Behind ssh an attempt is begun as soon as it is sent, or by the next client; elsewhere it may stand in a queue for weeks.</summary>
    private const int UnbegunSeconds = 24 * 3600;

    /// <summary>What a function may hand back besides outputs, bytes.</summary>
    private const long MostWords = 64 << 20;

    private static readonly string[] NotSent = [AttemptFiles.Order, AttemptFiles.Result, AttemptFiles.Submitted, AttemptFiles.RawLog, AttemptFiles.Cancel, AttemptFiles.Heartbeat, "log", FunctionLaunch.OutcomeFile, FunctionLaunch.NextStateFile];

    private readonly LocalTree _tree = new();
    private readonly ShipmentQueue _queue = new(new BlobSender(shell), scratch);
    private readonly FileReceiver _receiver = new(shell);
    private readonly ShippedFolders _folders = new();
    private int _isCollected;

    /// <inheritdoc/>
    public async Task<AttemptPlace> SendAsync(LaunchRequest request, CancellationToken cancellation)
    {
        var local = Path.GetDirectoryName(request.Directory)!;
        var root = $"{Attempts}/{(room is null ? NameOf(local) : await room().ConfigureAwait(false))}";
        try
        {
            var folders = await _folders.ShipAsync(request.Folders, _tree, _queue, cancellation).ConfigureAwait(false);
            var place = new AttemptPlace(local, $"{scratch()}/{root}") { FolderMap = request.Folders.ToDictionary(path => path, path => $"{scratch()}/{folders}{path}", StringComparer.Ordinal) };
            place = await SendAsync(place, new Shipment(root, await EntriesAsync(request, place, cancellation).ConfigureAwait(false)) { Needed = folders }, cancellation).ConfigureAwait(false);
            CollectOnce();
            return place;
        }
        catch (OperationCanceledException) when (drop is not null)
        {
            await drop($"{scratch()}/{root}").ConfigureAwait(false); // what was sent meanwhile holds an order, and nobody has its name
            throw;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new SiteException($"an input cannot be sent: {trouble.Message}");
        }
    }

    /// <inheritdoc/>
    public async Task BringBackAsync(LaunchRequest request, AttemptPlace place, AttemptResult result, CancellationToken cancellation)
    {
        if (File.Exists(place.Here(AttemptFiles.Result)))
        {
            // An earlier client brought everything.
            await OutputCheck.AwaitAllAsync(request, result.Outputs, TimeSpan.Zero, cancellation).ConfigureAwait(false);
            return;
        }

        try
        {
            var received = new ReceivedOutputs(request.Directory, place.Here("incoming"));
            received.Prepare(result.Outputs);
            var wanted = result.Outputs.Where(output => output.Kind == AttemptOutputKind.File).Select(output => received.Want(output, $"{Files}/{output.Path.Value}")).ToList();
            wanted.AddRange(WordsOf(request, place, result.LogBytes));
            if (wanted.Count > 0 && !await FileReceiver.TryTakeAsync(result.Brought?.Take(result.Outputs, Files, [LogOf(request, place), .. NamesOf(request, place)]), wanted, cancellation).ConfigureAwait(false))
            {
                await _receiver.ReceiveAsync(place.RemoteRoot, wanted, cancellation).ConfigureAwait(false);
            }

            received.Place(result.Outputs);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new SiteException($"an output cannot be written here: {trouble.Message}");
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(AttemptPlace place, CancellationToken cancellation) => await shell.RunAsync($"rm -rf -- {ShellWord.Of(place.RemoteRoot)}", null, cancellation).ConfigureAwait(false);

    /// <summary>What is small goes with the call that starts it where there is a conversation with the host: that costs neither a session nor an answer of its own.</summary>
    private async Task<AttemptPlace> SendAsync(AttemptPlace place, Shipment shipment, CancellationToken cancellation)
    {
        if (room is not null && await SmallShipment.ShellOfAsync(scratch(), shipment, cancellation).ConfigureAwait(false) is { } small)
        {
            return place with { Unsent = new UnsentAttempt(small, cancellation => SendAsync(shipment, cancellation)) };
        }

        await SendAsync(shipment, cancellation).ConfigureAwait(false);
        return place;
    }

    private async Task SendAsync(Shipment shipment, CancellationToken cancellation)
    {
        var sending = _queue.SendAsync(shipment);
        try
        {
            await sending.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (drop is not null)
        {
            _ = DropAfterAsync(sending, shipment, drop);
            throw;
        }
    }

    /// <summary>The transfer goes on, and makes the root when it ends.</summary>
    private async Task DropAfterAsync(Task sending, Shipment shipment, Func<string, Task> drop)
    {
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await drop($"{scratch()}/{shipment.Root}").ConfigureAwait(false);
    }

    /// <summary>No two attempts share a root there, whatever this machine calls theirs.</summary>
    private static string NameOf(string local) =>
        string.Concat(Path.GetFileName(local).Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_').Take(60)) + "." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The private directory, the files beside it, the order and the texts of standard inputs.</summary>
    private async Task<List<ShippedEntry>> EntriesAsync(LaunchRequest request, AttemptPlace place, CancellationToken cancellation)
    {
        var entries = new List<ShippedEntry> { new ShippedEntry.Folder(Files) };
        await _tree.ListAsync(request.Directory, Files, entries, cancellation).ConfigureAwait(false);
        foreach (var file in Directory.EnumerateFiles(place.LocalRoot).Where(path => path != request.LogFile && !NotSent.Contains(Path.GetFileName(path))))
        {
            entries.Add(await _tree.FileAsync(file, Path.GetFileName(file), cancellation).ConfigureAwait(false));
        }

        for (var i = 0; i < request.Commands.Count; i++)
        {
            if (request.Commands[i].StandardInput is { Length: > 0 } text)
            {
                entries.Add(new ShippedEntry.Private(AttemptFiles.Input(i), Encoding.UTF8.GetBytes(text)));
            }
        }

        entries.Add(new ShippedEntry.Private(AttemptFiles.Order, Encoding.UTF8.GetBytes(OrderText.Of(request, site, place, room is null ? null : NamesOf(request, place)))));
        if (room is not null)
        {
            entries.AddRange([new ShippedEntry.Folder(AttemptFiles.Claim), new ShippedEntry.Private(AttemptFiles.OpenClaim, [])]);
        }

        return entries;
    }

    /// <summary>What is told in no result: the log from where it is here, what a function said, and files that took the commands' streams.</summary>
    private static IEnumerable<WantedFile> WordsOf(LaunchRequest request, AttemptPlace place, long logBytes)
    {
        var log = OrderText.LogOf(request, AttemptPlace.Shared(request.Directory));
        var here = File.Exists(log) ? new FileInfo(log).Length : 0;
        if (logBytes > here)
        {
            yield return new WantedFile(LogOf(request, place), () => new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), logBytes - here) { From = here };
        }

        foreach (var file in NamesOf(request, place))
        {
            yield return new WantedFile(file, () => new FileStream(place.Here(file), FileMode.Create, FileAccess.Write), MostWords);
        }
    }

    private static string LogOf(LaunchRequest request, AttemptPlace place) => Path.GetRelativePath(place.LocalRoot, OrderText.LogOf(request, AttemptPlace.Shared(request.Directory)));

    private static List<string> NamesOf(LaunchRequest request, AttemptPlace place)
    {
        var streams = request.Commands.SelectMany(command => new[] { command.StandardOutput, command.StandardError }).OfType<string>()
            .Select(path => Path.GetRelativePath(place.LocalRoot, path)).Where(path => path.StartsWith(Files + "/", StringComparison.Ordinal) && !request.Outputs.Any(output => path == $"{Files}/{output.Path.Value}"));
        string[] ofFunction = File.Exists(place.Here(FunctionLaunch.CallFile)) ? [FunctionLaunch.OutcomeFile, FunctionLaunch.NextStateFile] : [];
        return [.. streams.Distinct(StringComparer.Ordinal), .. ofFunction];
    }

    private void CollectOnce()
    {
        if (Interlocked.Exchange(ref _isCollected, 1) == 0)
        {
            _ = CollectAsync();
        }
    }

    private async Task CollectAsync()
    {
        var profile = site.Ssh ?? new SshProfile();
        try
        {
            var settings = FormattableString.Invariant($"scratch={ShellWord.Of(scratch())} most_bytes={profile.MostBlobBytes} most_seconds={(long)profile.MostBlobAge.TotalSeconds}{(site.Launcher == SshLauncher.Kind ? $" unbegun_seconds={UnbegunSeconds}" : string.Empty)}\n");
            await shell.RunAsync(settings + NodeText.Collect, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SiteException)
        {
            // The next client collects.
        }
    }
}
