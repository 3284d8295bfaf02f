using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ScaleMs.Launchers.Remote;

/// <summary>This machine's <c>/bin/sh</c>.</summary>
internal sealed class LocalShell : ISiteShell
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public string Name => "this machine";

    /// <inheritdoc/>
    public async Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation)
    {
        using var process = Start(script);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await FeedAsync(process, input, cancellation).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return new ShellAnswer(process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(string script)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = Utf8,
                StandardOutputEncoding = Utf8,
                StandardErrorEncoding = Utf8,
            })!;
        }
        catch (Win32Exception trouble)
        {
            throw new SiteException($"/bin/sh could not be started: {trouble.Message}");
        }
    }

    private static async Task FeedAsync(Process process, string? input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it.
        }
    }
}
