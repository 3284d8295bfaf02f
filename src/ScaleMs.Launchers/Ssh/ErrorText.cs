using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ScaleMs.Launchers.Ssh;

/// <summary>What a client writes to standard error, up to a bound; the rest is read and dropped, so that nobody waits for us.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A stream of memory holds nothing else.")]
internal sealed class ErrorText
{
    private const int Longest = 64 * 1024;

    /// <summary>Old clients leave their standard error to the connection that they share, which stays.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly MemoryStream _text = new();
    private readonly Task _all;

    internal ErrorText(Stream stream) => _all = ReadAsync(stream);

    /// <summary>The text; to be asked when the client has ended.</summary>
    internal async Task<string> ReadAsync()
    {
        await _all.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_text)
        {
            return Encoding.UTF8.GetString(_text.GetBuffer().AsSpan(0, (int)_text.Length));
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        var chunk = new byte[4096];
        for (var count = await stream.ReadAsync(chunk).ConfigureAwait(false); count > 0; count = await stream.ReadAsync(chunk).ConfigureAwait(false))
        {
            lock (_text)
            {
                _text.Write(chunk.AsSpan(0, (int)Math.Min(count, Longest - _text.Length)));
            }
        }
    }
}
