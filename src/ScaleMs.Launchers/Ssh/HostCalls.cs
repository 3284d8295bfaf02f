using System.Globalization;
using System.Text;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>What a host can be told of attempts, in one conversation.</summary>
internal sealed class HostCalls(HostConnection connection, string wrapper, SshTiming timing)
{
    private const int MostInOneLook = 50;

    /// <summary>The conversation.</summary>
    internal HostConnection Connection => connection;

    /// <summary>Tells once, before the first attempt, what is to run them.</summary>
    /// <exception cref="SiteException">The conversation is over.</exception>
    internal Task BeginAsync() => connection.CallAsync($"start {CallWord.Of(wrapper)}");

    /// <summary>Starts an attempt; of one that was begun before nothing is begun again.</summary>
    internal async Task GoAsync(NodeAttempt attempt)
    {
        attempt.StartedIn = connection;
        await TryAsync(string.Create(CultureInfo.InvariantCulture, $"go {attempt.Number} {CallWord.Of(attempt.Root)}")).ConfigureAwait(false);
    }

    /// <summary>Sends an attempt and starts it, in one call. The host answers only when that could not be done.</summary>
    internal async Task SendAsync(NodeAttempt attempt, string shell)
    {
        attempt.StartedIn = connection;
        var name = attempt.Root[(attempt.Root.LastIndexOf('/') + 1)..];
        await TryAsync(string.Create(CultureInfo.InvariantCulture, $"send {attempt.Number} {name} && {{ {shell}; }} 2> /dev/null; sent $?")).ConfigureAwait(false);
    }

    /// <summary>Makes rooms for attempts that are to be sent.</summary>
    internal Task<bool> MakeRoomsAsync(IEnumerable<string> names) => TryAsync($"rooms {string.Join(' ', names)}");

    /// <summary>Has an attempt ended; its wrapper tells how.</summary>
    /// <returns>False when the conversation is over.</returns>
    internal Task<bool> StopAsync(NodeAttempt attempt)
    {
        attempt.StoppedIn = connection;
        return TryAsync($"stop {CallWord.Of(attempt.Root)}");
    }

    /// <summary>Has an attempt begin its watch, should nobody have told it to.</summary>
    internal Task StirAsync(NodeAttempt attempt)
    {
        attempt.StirredIn = connection;
        return TryAsync($"stir {CallWord.Of(attempt.Root)}");
    }

    /// <summary>Has an attempt ended for which nobody waits any more, and what is there alone removed.</summary>
    /// <exception cref="SiteException">The conversation is over.</exception>
    internal Task AbandonAsync(NodeAttempt attempt) => connection.CallAsync($"abandon{WordsOf(attempt)}");

    /// <summary>Ends what a dead wrapper left, and has what is there alone removed.</summary>
    internal Task BuryAsync(NodeAttempt attempt) => TryAsync($"bury{WordsOf(attempt)}");

    /// <summary>Waits until the host has done what it was told before.</summary>
    /// <exception cref="SiteException">The host does not answer.</exception>
    internal Task ConfirmAsync() => connection.AskAsync("look", string.Empty, timing.Answer);

    /// <summary>Removes roots.</summary>
    /// <returns>False when the conversation is over.</returns>
    internal Task<bool> DropAsync(IEnumerable<string> roots) => TryAsync($"drop {string.Join(' ', roots.Select(CallWord.Of))}");

    /// <summary>Looks at attempts: at all of them now and then, else at those that were started by somebody else or whose log is followed. At none that are just being started.</summary>
    internal async Task LookAsync(HostAttempts attempts, bool isFull)
    {
        var words = new StringBuilder();
        var count = 0;
        foreach (var attempt in attempts.All.Where(attempt => !attempt.IsBeingStarted && (isFull || attempt.IsTailed || attempt.StoppedAt is not null || attempt.StartedIn != connection)))
        {
            words.Append(CultureInfo.InvariantCulture, $" {attempt.Number} {(attempt.IsTailed ? attempt.NextByte.ToString(CultureInfo.InvariantCulture) : "-")} {CallWord.Of(attempt.Root)}");
            if (++count % MostInOneLook == 0)
            {
                await connection.AskAsync("look", words.ToString(), timing.Answer).ConfigureAwait(false);
                words.Clear();
            }
        }

        if (words.Length > 0 || isFull)
        {
            await connection.AskAsync("look", words.ToString(), timing.Answer).ConfigureAwait(false);
        }

        foreach (var attempt in attempts.All)
        {
            await attempt.TellAsync().ConfigureAwait(false);
        }
    }

    private string WordsOf(NodeAttempt attempt) => $" {CallWord.Of(wrapper)} {CallWord.Of(attempt.Root)}{(attempt.IsThereAlone ? " away" : string.Empty)}";

    /// <summary>Whether a call got on its way. If not, the conversation is over, and its loop knows.</summary>
    private async Task<bool> TryAsync(string call)
    {
        try
        {
            await connection.CallAsync(call).ConfigureAwait(false);
            return true;
        }
        catch (SiteException)
        {
            return false;
        }
    }
}
