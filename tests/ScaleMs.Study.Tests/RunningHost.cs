using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ScaleMs.Study.Tests;

/// <summary>The study's real host as a process of its own: <c>dotnet Simulate.dll</c>, built by the reference and found beside the tests.</summary>
internal sealed class RunningHost : IDisposable
{
    // A fresh smoke study takes ten seconds on two cores; what takes sixty times as long hangs.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private RunningHost(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What it printed so far, errors among it.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static RunningHost Start(string workspace, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Simulate.dll"), $"--working={workspace}", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };

        // Parameters of somebody's shell are none of the tests'.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("SCALEMS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        return new RunningHost(start);
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public int Wait()
    {
        if (!_process.WaitForExit(Deadline))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"the host did not end within {Deadline.TotalMinutes} minutes\n{Output}");
        }

        // The last lines may come after the end, but not much: whoever keeps the host's output open is a process it left behind.
        Assert.True(_process.WaitForExitAsync().Wait(LastLines), $"something that the host started keeps its output open\n{Output}");
        return _process.ExitCode;
    }

    /// <summary>kill -9, to this process alone.</summary>
    public void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(Deadline), "the killed host did not end");
    }

    /// <summary>What Ctrl-C sends; on a terminal the whole group gets it, here the host alone, which is the harder case.</summary>
    public void Interrupt() => Programs.Run("kill", "-INT", Pid.ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
