using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;
using ScaleMs.Engine.Sites;

namespace ScaleMs.Engine.Comparing;

/// <summary>Runs a filter over a file, in a directory of its own below the attempt's. What it prints goes to a sink as it comes, and to no file.</summary>
internal sealed class FilterRunner(IDisk disk, ILauncher launcher, Site site)
{
    /// <summary>A process that the filter left keeps its standard output open.</summary>
    public const string NeverEnded = "left its standard output open when it ended";

    private const string ErrorsName = "errors";
    private const int LongestError = 300;
    private const int TailBytes = 4096;

    /// <summary>Runs it.</summary>
    /// <param name="order">What to run.</param>
    /// <param name="sink">Takes what it prints; closed in any case.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How it ended; its directory is gone when that was well, or when it was cancelled.</returns>
    public async Task<FilterEnd> RunAsync(FilterOrder order, IFilterSink sink, CancellationToken cancellation)
    {
        try
        {
            var before = Stage(order);
            var launch = await launcher.RunAsync(RequestOf(order, sink), null, cancellation).ConfigureAwait(false);
            sink.Close();
            var failure = FailureOf(order, launch, sink.Problem ?? (disk.Stat(order.File) != before ? "wrote to the file that it was to read" : null));
            if (failure is null or { Class: FailureClass.Cancelled })
            {
                disk.Delete(order.Directory);
            }

            return new FilterEnd(failure, launch.LeftNobody);
        }
        finally
        {
            sink.Close();
        }
    }

    private static string FilesOf(FilterOrder order) => Path.Combine(order.Directory, "files");

    /// <summary>Puts the file there under its own name: as a copy where that costs little, for a filter may write to what it reads.</summary>
    private FileStat? Stage(FilterOrder order)
    {
        var target = Path.Combine(FilesOf(order), order.Output.Path.FileName);
        disk.CreateDirectory(FilesOf(order));
        if (disk.Stat(order.File) is { Length: <= Staging.LargestCopy })
        {
            disk.Copy(order.File, target, executable: false);
        }
        else if (!disk.TryClone(order.File, target, executable: false))
        {
            disk.Link(order.File, target);
        }

        return disk.Stat(order.File);
    }

    private LaunchRequest RequestOf(FilterOrder order, IFilterSink sink)
    {
        var (step, name) = (order.Request.Step, order.Output.Path.FileName);
        return new LaunchRequest
        {
            Step = new StepId("filter", order.Filter.Program),
            Directory = FilesOf(order),
            Commands =
            [
                new LaunchCommand(ToolOf(order).Path!, order.Filter.ArgumentsFor(name), null, null)
                {
                    StandardInputFile = order.Filter.NamesFile ? null : Path.Combine(FilesOf(order), name),
                    StandardError = Path.Combine(order.Directory, ErrorsName),
                },
            ],
            Environment = site.EnvironmentOf(step),
            LogFile = Path.Combine(order.Directory, "log"),
            LogFilter = sink,
            TimeLimit = order.Request.Granted.TimeLimit,
            MemoryLimitBytes = order.Request.Granted.MemoryBytes,
        };
    }

    /// <summary>The tool of the filter as it was found.</summary>
    public static ToolAnswer ToolOf(FilterOrder order) =>
        order.Request.Step.Tools.Zip(order.Request.Tools).First(pair => pair.First.Name == order.Filter.Program).Second;

    private Failure? FailureOf(FilterOrder order, LaunchResult launch, string? problem)
    {
        var (failure, what) = launch.End switch
        {
            LaunchEnd.Cancelled => (FailureClass.Cancelled, "was cancelled"),
            LaunchEnd.TimedOut => (FailureClass.TimeLimit, $"ran into the time limit of {order.Request.Granted.TimeLimit}"),
            LaunchEnd.OutOfMemory => (FailureClass.OutOfMemory, "had more memory than the step claims"),
            LaunchEnd.Exited when launch.ExitCode == 0 => (FailureClass.ToolError, problem),
            LaunchEnd.Exited => (FailureClass.ToolError, FormattableString.Invariant($"ended with exit code {launch.ExitCode}{ErrorOf(order)}")),
            _ => (FailureClass.ToolError, $"could not be run: {launch.Message}"),
        };
        return what is null ? null : new Failure(failure, $"the filter '{order.Display}' of output '{order.Output.Path}' {what}", launch.ExitCode);
    }

    /// <summary>The last line that it printed on standard error.</summary>
    private string ErrorOf(FilterOrder order)
    {
        var file = Path.Combine(order.Directory, ErrorsName);
        var last = disk.Stat(file) is { IsFile: true, Length: > 0 } ? disk.ReadTail(file, TailBytes).Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) : null;
        return last is null ? string.Empty : $": {(last.Length <= LongestError ? last : last[..LongestError] + "…")}";
    }
}
