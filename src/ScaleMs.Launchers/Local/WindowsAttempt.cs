using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Local;

/// <summary>Runs the commands of one attempt with <see cref="Process"/>, where there is no <c>posix_spawn</c>.</summary>
/// <remarks>
/// Never run on Windows so far: the machine it was written on has none; its tests run it on Linux. Weaker than the other way:
/// no TERM, so no grace; output passes through this host and is lost with it; a process whose parent has ended may be missed; the peak
/// memory stays unknown, and so does the processor time where an ended process does not tell it.
/// </remarks>
internal sealed class WindowsAttempt(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
{
    private readonly StopSign _stop = new(request.TimeLimit, cancellation);
    private LaunchResult _result = new() { End = LaunchEnd.Exited };

    internal async Task<LaunchResult> RunAsync()
    {
        var goesOn = true;
        for (var i = 0; i < request.Commands.Count && goesOn; i++)
        {
            if (_stop.Reason is { } reason)
            {
                return _result with { End = reason, Wall = _stop.Elapsed };
            }

            _result = _result with { CommandIndex = i };
            await RunAsync(request.Commands[i]).ConfigureAwait(false);
            goesOn = _result.End == LaunchEnd.Exited && request.AllowedExitCodes.Contains(_result.ExitCode);
        }

        return _result with { Wall = _stop.Elapsed };
    }

    private async Task RunAsync(LaunchCommand command)
    {
        using var process = new Process { StartInfo = StartInfo(command) };
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(request.LogFile)!);
            await using var log = new StreamWriter(request.LogFile, append: true);
            process.Start();
            await WatchAsync(process, command, log).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is Win32Exception or IOException or UnauthorizedAccessException)
        {
            _result = _result with { End = LaunchEnd.NotStarted, IsLasting = true, Message = StartTrouble.Of(command, trouble) };
        }
    }

    private ProcessStartInfo StartInfo(LaunchCommand command)
    {
        var info = new ProcessStartInfo(command.Program, command.Arguments)
        {
            WorkingDirectory = request.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardErrorEncoding = Encoding.UTF8,
            StandardOutputEncoding = Encoding.UTF8,
            CreateNoWindow = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in request.Environment)
        {
            info.Environment[name] = value;
        }

        info.Environment[AttemptMarker.Variable] = request.Directory;
        return info;
    }

    private async Task WatchAsync(Process process, LaunchCommand command, StreamWriter log)
    {
        LaunchEnd end;
        var output = FileOf(command.StandardOutput);
        var error = command.StandardError == command.StandardOutput ? output : FileOf(command.StandardError);
        await using (output.ConfigureAwait(false))
        await using (error.ConfigureAwait(false))
        {
            var streams = Task.WhenAll(FeedAsync(process, command), TakeAsync(process.StandardError, error, log), TakeAsync(process.StandardOutput, output, log));
            end = await EndAsync(process).ConfigureAwait(false);
            await streams.ConfigureAwait(false);
        }

        _result = _result with { End = end, ExitCode = process.ExitCode, Cpu = _result.Cpu + CpuOf(process) };
    }

    private static TimeSpan CpuOf(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return TimeSpan.Zero; // only Windows tells it of a process that has ended
        }
    }

    private async Task<LaunchEnd> EndAsync(Process process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_stop.AtMost(TimeSpan.FromDays(49))); // the longest that a timer takes
        await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (process.HasExited)
        {
            return LaunchEnd.Exited;
        }

        var reason = _stop.Reason ?? LaunchEnd.TimedOut;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return reason;
    }

    private static async Task FeedAsync(Process process, LaunchCommand command)
    {
        try
        {
            if (command.StandardInputFile is { } input)
            {
                await using var file = File.OpenRead(input);
                await file.CopyToAsync(process.StandardInput.BaseStream, CancellationToken.None).ConfigureAwait(false);
            }

            await process.StandardInput.WriteAsync(command.StandardInput).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A command need not read what it is offered.
        }
    }

    /// <summary>Both streams may share a file: each portion that arrives is then written whole.</summary>
    private static Stream FileOf(string? path) => path is null ? Stream.Null : Stream.Synchronized(File.Create(path));

    private Task TakeAsync(StreamReader from, Stream file, StreamWriter log) =>
        file == Stream.Null ? LogAsync(from, log) : from.BaseStream.CopyToAsync(file, CancellationToken.None);

    private async Task LogAsync(StreamReader from, StreamWriter log)
    {
        while (await from.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            lock (log)
            {
                var shown = Filtered(line);
                log.WriteLine(shown);
                onLine?.Invoke(shown);
            }
        }
    }

    /// <summary>Line by line: a line that is held back would mix with those of the other stream.</summary>
    private string Filtered(string line)
    {
        if (request.LogFilter is not { } filter)
        {
            return line;
        }

        var bytes = new ArrayBufferWriter<byte>();
        filter.Pass(Encoding.UTF8.GetBytes(line), bytes);
        filter.End(bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
