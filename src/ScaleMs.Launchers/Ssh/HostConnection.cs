using System.Collections.Concurrent;
using System.Text;
using ScaleMs.Launchers.Local;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>One long conversation with a host: calls go there as lines of shell, answers come back as lines. Thread-safe.</summary>
/// <remarks>It knows neither attempts nor what to do when it breaks.</remarks>
internal sealed class HostConnection : IAsyncDisposable
{
    private readonly SshShell _shell;
    private readonly IShellProcess _process;
    private readonly Action<NodeAnswer> _onAnswer;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly TaskCompletionSource<string> _greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _asked = new();
    private readonly Task _reading;
    private int _sequence;
    private volatile bool _isOver;

    private HostConnection(SshShell shell, IShellProcess process, Action<NodeAnswer> onAnswer, TimeProvider clock)
    {
        (_shell, _process, _onAnswer, _clock) = (shell, process, onAnswer, clock);
        _reading = ReadAsync();
    }

    /// <summary>Completes when the conversation is over.</summary>
    internal Task Ended => _reading;

    /// <summary>Connects, and waits until the host has greeted.</summary>
    /// <exception cref="SiteException">The host cannot be used.</exception>
    internal static async Task<HostConnection> OpenAsync(SshShell shell, Action<NodeAnswer> onAnswer, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        var connection = new HostConnection(shell, await shell.OpenAsync(NodeText.Agent, cancellation).ConfigureAwait(false), onAnswer, clock);
        try
        {
            await connection.GreetAsync(patience, cancellation).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes a call that has no answer of its own.</summary>
    /// <exception cref="SiteException">The conversation is over: the host may have got the call or not.</exception>
    internal async Task CallAsync(string call)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            await _process.Input.WriteAsync(Encoding.UTF8.GetBytes(call + "\n")).ConfigureAwait(false);
            await _process.Input.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is IOException or ObjectDisposedException)
        {
            throw SshTrouble.Broken(_shell.Name).AsException();
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Makes a call that ends with an answer of its own, and waits for it: then everything that was called before is done, too.</summary>
    /// <param name="verb">The function.</param>
    /// <param name="words">Its words after the number, quoted.</param>
    /// <param name="patience">How long the host may take.</param>
    /// <returns>What the answer says.</returns>
    /// <exception cref="SiteException">It does not answer.</exception>
    internal async Task<string> AskAsync(string verb, string words, TimeSpan patience)
    {
        var number = Interlocked.Increment(ref _sequence);
        var answered = _asked[number] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await CallAsync(FormattableString.Invariant($"{verb} {number}{words}")).WaitAsync(patience, _clock).ConfigureAwait(false);
            await Task.WhenAny(answered.Task, _reading).WaitAsync(patience, _clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new SshTrouble($"host '{_shell.Name}' does not answer any more", false).AsException();
        }
        finally
        {
            _asked.TryRemove(number, out _);
        }

        return answered.Task.IsCompleted ? await answered.Task.ConfigureAwait(false) : throw (await TroubleAsync().ConfigureAwait(false)).AsException();
    }

    /// <summary>Why the conversation is over.</summary>
    internal async Task<SshTrouble> TroubleAsync()
    {
        await _reading.ConfigureAwait(false);
        if (_isOver)
        {
            return SshTrouble.Broken(_shell.Name); // its client goes on as long as attempts hold its streams
        }

        try
        {
            await _process.EndAsync(CancellationToken.None).ConfigureAwait(false);
            return SshTrouble.Broken(_shell.Name);
        }
        catch (SiteException exception)
        {
            return new SshTrouble(exception.Message, exception.IsLasting);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    private async Task GreetAsync(TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAny(_greeting.Task, _reading).WaitAsync(patience, _clock, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new SshTrouble($"host '{_shell.Name}' does not answer", false).AsException();
        }

        if (!_greeting.Task.IsCompleted)
        {
            throw (await TroubleAsync().ConfigureAwait(false)).AsException();
        }

        var lacking = (await _greeting.Task.ConfigureAwait(false)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        if (lacking.Length > 0)
        {
            throw new SshTrouble($"host '{_shell.Name}' cannot be used: it has no {string.Join(", ", lacking)}; install coreutils there, or see that they are on the PATH of commands that ssh runs", true).AsException();
        }
    }

    private async Task ReadAsync()
    {
        var (lines, chunk) = (new LineSplitter(Hear), new byte[16 * 1024]);
        try
        {
            for (var count = await _process.Output.ReadAsync(chunk).ConfigureAwait(false); count > 0; count = await _process.Output.ReadAsync(chunk).ConfigureAwait(false))
            {
                lines.Add(chunk.AsSpan(0, count));
                if (_isOver)
                {
                    return;
                }
            }
        }
        catch (Exception trouble) when (trouble is IOException or ObjectDisposedException)
        {
            // It was disposed while we read.
        }
    }

    private void Hear(string line)
    {
        if (NodeAnswer.Read(line) is not { } answer)
        {
            return;
        }

        if (answer.Verb == 'h')
        {
            _greeting.TrySetResult(answer.Text);
        }
        else if (answer.Verb == 'o')
        {
            _isOver = true;
        }
        else if (answer.Verb == 'a' && _asked.TryGetValue(answer.Number, out var asked))
        {
            asked.TrySetResult(answer.Text);
        }
        else
        {
            _onAnswer(answer);
        }
    }
}
