using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Local;

/// <summary>Runs commands that tell secrets as children of this process. What they write is held in memory and nowhere else.</summary>
/// <remarks>Standard input is empty; standard error is the host's own, so that a password manager can ask for its password on the terminal.</remarks>
public sealed class LocalSecretCommands : ISecretCommands
{
    /// <inheritdoc/>
    public SecretAnswer Run(SecretRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var process = new Process { StartInfo = StartInfo(request) };
        try
        {
            process.Start();
        }
        catch (Exception trouble) when (trouble is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return new SecretAnswer(null, $"could not be started: {trouble.Message}");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(SecretRequest.LongestTime);
        try
        {
            return Read(process, limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return new SecretAnswer(null, cancellation.IsCancellationRequested
                ? "was ended with the run"
                : string.Create(CultureInfo.InvariantCulture, $"did not end within {SecretRequest.LongestTime.TotalMinutes} minutes"));
        }
    }

    private static SecretAnswer Read(Process process, CancellationToken cancellation)
    {
        process.StandardInput.Close();
        var output = new byte[SecretRequest.LongestBytes + 1];
        var length = process.StandardOutput.BaseStream.ReadAtLeastAsync(output, output.Length, throwOnEndOfStream: false, cancellation).AsTask().GetAwaiter().GetResult();
        if (length > SecretRequest.LongestBytes)
        {
            process.Kill(entireProcessTree: true);
            return new SecretAnswer(null, "wrote more than 64 KiB");
        }

        process.WaitForExitAsync(cancellation).GetAwaiter().GetResult();
        return process.ExitCode != 0 ? new SecretAnswer(null, string.Create(CultureInfo.InvariantCulture, $"ended with exit code {process.ExitCode}"))
            : length == 0 ? new SecretAnswer(null, "wrote nothing")
            : new SecretAnswer(output[..length]);
    }

    private static ProcessStartInfo StartInfo(SecretRequest request)
    {
        var info = new ProcessStartInfo(request.Program, request.Arguments)
        {
            WorkingDirectory = request.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in request.Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
