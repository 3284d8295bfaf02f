using Cake.Core.IO;
using Microsoft.Extensions.DependencyInjection;

namespace ScaleMs;

/// <summary>Stands before the process runner of the host; what a program writes that a task starts beside other tasks becomes part of that task's output.</summary>
/// <remarks>Such a program writes to a pipe instead of a terminal, line by line, so most do without colours.</remarks>
/// <param name="services">The services of the host: the last process runner among them that is none of this class starts the programs, Cake's or one of the host's own.</param>
public sealed class GroupedProcessRunner(IServiceProvider services) : IProcessRunner
{
    // Asked for at the first use, since this runner is among them.
    private readonly Lazy<IProcessRunner> _processes = new(() => services.GetServices<IProcessRunner>().Last(runner => runner is not GroupedProcessRunner));

    /// <inheritdoc/>
    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (TaskOutput.Current is not { IsClosed: false } output)
        {
            return _processes.Value.Start(filePath, settings);
        }

        var streams = new ProgramStreams(output);
        var process = _processes.Value.Start(filePath, Redirected(settings, streams));
        var takesItself = settings.RedirectStandardOutput || settings.RedirectStandardError;
        // What another runner starts, and how its output ends, is its own affair.
        return takesItself || _processes.Value is not ProcessRunner ? process : new GroupedProcess(process, streams);
    }

    /// <summary>A copy, since tasks that run at the same time may share settings.</summary>
    internal static ProcessSettings Redirected(ProcessSettings settings, ProgramStreams streams) => new()
    {
        Arguments = settings.Arguments,
        WorkingDirectory = settings.WorkingDirectory,
        NoWorkingDirectory = settings.NoWorkingDirectory,
        EnvironmentVariables = settings.EnvironmentVariables,
        Timeout = settings.Timeout,
        Silent = settings.Silent,
        StandardInput = settings.StandardInput,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectedStandardOutputHandler = settings.RedirectStandardOutput ? settings.RedirectedStandardOutputHandler : streams.Output,
        RedirectedStandardErrorHandler = settings.RedirectStandardError ? settings.RedirectedStandardErrorHandler : streams.Error,
    };
}
