using System.Diagnostics;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Slurm.Tests;

/// <summary>This machine's shell, as if it were a login node's.</summary>
internal sealed class LocalStreams : IStreamShell
{
    private readonly LocalShell _shell = new();

    public string Name => "the login node";

    public Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation) => _shell.RunAsync(script, input, cancellation);

    public Task<IShellProcess> OpenAsync(string script, CancellationToken cancellation) => Task.FromResult<IShellProcess>(new Running(Process.Start(
        new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!));

    private sealed class Running(Process process) : IShellProcess
    {
        public Stream Input => process.StandardInput.BaseStream;

        public Stream Output => process.StandardOutput.BaseStream;

        public async Task<ShellAnswer> EndAsync(CancellationToken cancellation)
        {
            var errors = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new ShellAnswer(process.ExitCode, string.Empty, errors);
        }

        public ValueTask DisposeAsync()
        {
            process.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
