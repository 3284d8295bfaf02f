using Cake.Core.IO;

namespace ScaleMs;

/// <summary>Cake's process runner; what a program writes that a task starts beside other tasks becomes part of that task's output.</summary>
/// <remarks>Such a program writes to a pipe instead of a terminal, line by line, so most do without colours.</remarks>
/// <param name="processes">Starts the programs.</param>
public sealed class GroupedProcessRunner(ProcessRunner processes) : IProcessRunner
{
    /// <inheritdoc/>
    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return processes.Start(filePath, TaskOutput.Current is { } output ? Redirected(settings, output) : settings);
    }

    /// <summary>A copy, since tasks that run at the same time may share settings.</summary>
    internal static ProcessSettings Redirected(ProcessSettings settings, TaskOutput output) => new()
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
        RedirectedStandardOutputHandler = settings.RedirectStandardOutput ? settings.RedirectedStandardOutputHandler : Keep(output, isError: false),
        RedirectedStandardErrorHandler = settings.RedirectStandardError ? settings.RedirectedStandardErrorHandler : Keep(output, isError: true),
    };

    private static Func<string?, string?> Keep(TaskOutput output, bool isError) => line =>
    {
        if (line is not null)
        {
            output.Write(isError, line + Environment.NewLine);
        }

        return null;
    };
}
