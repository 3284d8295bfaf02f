using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Names of folders on a host that stand ready for attempts: one program there makes as many as are wanted soon. Thread-safe.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore that nobody asks for its handle holds nothing.")]
internal sealed class HostRooms
{
    private const int MostAtOnce = 16;

    private readonly ConcurrentQueue<string> _ready = new();
    private readonly SemaphoreSlim _making = new(1);

    /// <summary>A room that nobody else gets.</summary>
    /// <param name="waiting">How many more attempts wait for hosts.</param>
    /// <param name="make">Has rooms made; those of which it fails are not there.</param>
    /// <returns>Its name. Whether it could be made is seen when it is used.</returns>
    internal async Task<string> TakeAsync(int waiting, Func<IReadOnlyList<string>, Task> make)
    {
        if (_ready.TryDequeue(out var room))
        {
            return room;
        }

        await _making.WaitAsync().ConfigureAwait(false);
        try
        {
            return _ready.TryDequeue(out room) ? room : await MakeAsync(Math.Clamp(waiting + 1, 1, MostAtOnce), make).ConfigureAwait(false);
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>Takes all that nobody has taken.</summary>
    internal IReadOnlyList<string> TakeAll()
    {
        var all = new List<string>();
        while (_ready.TryDequeue(out var room))
        {
            all.Add(room);
        }

        return all;
    }

    private async Task<string> MakeAsync(int count, Func<IReadOnlyList<string>, Task> make)
    {
        var rooms = Enumerable.Range(0, count).Select(_ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))).ToList();
        await make(rooms).ConfigureAwait(false);
        rooms.Skip(1).ToList().ForEach(_ready.Enqueue);
        return rooms[0];
    }
}
