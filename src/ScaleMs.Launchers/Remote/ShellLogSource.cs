using System.Globalization;

namespace ScaleMs.Launchers.Remote;

/// <summary>A log that only a site's shell can read; its bytes travel as base64.</summary>
internal sealed class ShellLogSource(ISiteShell shell, string path) : ILogSource
{
    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        var script = string.Create(
            CultureInfo.InvariantCulture,
            $"[ ! -r {ShellWord.Of(path)} ] || tail -c +{offset + 1} -- {ShellWord.Of(path)} | head -c {buffer.Length} | base64 | tr -d '\\n'");
        var answer = await shell.RunAsync(script, null, cancellation).ConfigureAwait(false);
        return Convert.TryFromBase64String(answer.Output.TrimEnd(), buffer.Span, out var count)
            ? count
            : throw new SiteException($"the log cannot be read at {shell.Name}: {answer.Trouble}");
    }
}
