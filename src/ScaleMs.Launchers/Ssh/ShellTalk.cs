using System.Text;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Short exchanges with a script.</summary>
internal static class ShellTalk
{
    /// <summary>Gives a script its input, and reads all that it writes.</summary>
    internal static async Task<ShellAnswer> TalkAsync(this IShellProcess process, string input, CancellationToken cancellation)
    {
        var sent = process.SendAsync(Encoding.UTF8.GetBytes(input), cancellation);
        using var reader = new StreamReader(process.Output, Encoding.UTF8);
        var output = await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
        await sent.ConfigureAwait(false);
        return await process.EndAsync(cancellation).ConfigureAwait(false) with { Output = output };
    }

    /// <summary>Writes all of the input; a script that ended before it has read everything says why by its exit code.</summary>
    private static async Task SendAsync(this IShellProcess process, byte[] input, CancellationToken cancellation)
    {
        try
        {
            await process.Input.WriteAsync(input, cancellation).ConfigureAwait(false);
            await process.Input.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The pipe is broken.
        }
    }
}
