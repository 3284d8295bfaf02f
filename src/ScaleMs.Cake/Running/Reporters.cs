using Cake.Core.Diagnostics;
using ScaleMs.Core.Events;
using ScaleMs.Core.Explaining;
using ScaleMs.Engine.Running;
using ScaleMs.Engine.Tracing;
using ScaleMs.Reporting;
using ScaleMs.Reporting.Control;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Terminal;

namespace ScaleMs;

/// <summary>The views on one run: terminal, event log, summaries.</summary>
internal sealed class Reporters : IRunObserver, IDisposable
{
    private readonly RunOptions _options;
    private readonly string _workspace;
    private readonly string _store;
    private readonly ConsoleReporter _console;
    private readonly TextWriter _output;
    private readonly ReportVerbosity _detail;
    private readonly List<EventLog> _logs = [];
    private readonly IRunObserver[] _others;
    private ControlServer? _control;
    private string _run = string.Empty;

    public Reporters(RunOptions options, string workspace, string store, Verbosity verbosity, IBuildServer? server, IRunObserver? lifecycle)
    {
        (_options, _workspace, _store) = (options, workspace, store);
        _detail = verbosity switch
        {
            Verbosity.Quiet or Verbosity.Minimal => ReportVerbosity.Quiet,
            Verbosity.Normal => ReportVerbosity.Normal,
            _ => ReportVerbosity.Verbose,
        };
        _output = TerminalFacts.OpenOutput();
        _console = new ConsoleReporter(_output, ConsoleOptionsOf(options), TimeProvider.System);
        _logs.Add(new EventLog(() => Create(Path.Combine(RunFolder, "events.jsonl"))));
        if (options.Events is { } events)
        {
            _logs.Add(new EventLog(() => Create(Path.GetFullPath(events, workspace)), keepsNullRuns: true));
        }

        IRunObserver[] traces = options.Trace == TraceMode.None ? [] : [new TraceFile(() => Path.Combine(RunFolder, "trace.json"))];
        IRunObserver[] servers = server is null ? [] : [new BuildServerReporter(server, _console.Print, workspace, () => RunFolder)];
        _others = [_console, .. _logs, .. traces, .. servers, .. lifecycle is null ? [] : new[] { lifecycle }];
    }

    /// <summary>They are told in the reverse of this order: whoever answers others comes after the console and the files.</summary>
    public IReadOnlyList<IRunObserver> Observers => [this, .. _control is null ? [] : new IRunObserver[] { _control }, .. _others];

    private string RunFolder => Path.Combine(_store, "runs", _run);

    public void On(RunEvent runEvent)
    {
        if (runEvent is RunEvent.Started started)
        {
            _run = started.RunId;
        }
        else if (runEvent is RunEvent.Finished { Summary: var summary })
        {
            WriteSummaries(summary);
        }
    }

    /// <summary>Makes what others reach the run by; it outlives these reporters.</summary>
    /// <param name="cancel">Ends the run.</param>
    /// <param name="steps">Ends single steps.</param>
    /// <param name="isDetached">Whether the run goes on without a terminal.</param>
    public ControlServer Control(Action cancel, StepCancellation steps, bool isDetached)
    {
        var writer = new Store.OpenOptions();
        return _control = new ControlServer(_console, new ControlOrder
        {
            Store = _store,
            HostName = writer.HostName,
            BootId = writer.BootId,
            Cancel = cancel,
            CancelSteps = steps.CancelAsync,
            Complain = problem => Complain($"notice    scalems status and attach cannot reach this run: {problem}"),
            Output = isDetached ? run => Detached.Place(Path.Combine(_store, "runs", run)) : null,
            Ready = isDetached ? Detached.Tell : null,
        });
    }

    private void Complain(string text)
    {
        if (_detail == ReportVerbosity.Verbose)
        {
            Print(text);
        }
    }

    /// <summary>Prints a plan: what would be done with each instance, and why; and writes it down where that is asked for.</summary>
    public void TellPlan(RunReport report)
    {
        if (report.Document is { } document)
        {
            PlanFile.Write(document, Path.GetFullPath(_options.PlanOut!, _workspace));
        }

        foreach (var line in new PlanReport(report.Plan, report.Estimate, _detail) { Open = [.. report.Open.Select(open => open.Entry)] }.Lines())
        {
            _console.Print(line);
        }
    }

    /// <summary>Prints why steps stand where they stand; where none is known by the names that were given, what is unknown.</summary>
    public void PrintExplanations(RunReport report)
    {
        foreach (var line in report.Explanations.SelectMany(ExplanationText.Lines))
        {
            _console.Print(line);
        }

        foreach (var line in report.Explanations.Count > 0 ? [] : report.Open.Select(open => $"unknown    {open.Entry}").Distinct())
        {
            _console.Print(line);
        }
    }

    /// <summary>Prints a line of the host's own.</summary>
    public void Print(string line) => _console.Print(line);

    /// <summary>Lets somebody write a whole block, with nothing of the run between.</summary>
    public void PrintBlock(Action write) => _console.PrintBlock(write);

    public void Dispose()
    {
        _console.Dispose();
        _logs.ForEach(log => log.Dispose());
        _output.Dispose();
    }

    private ConsoleOptions ConsoleOptionsOf(RunOptions options)
    {
        var progress = options.Progress switch
        {
            "plain" => ProgressKind.Plain,
            "none" => ProgressKind.None,
            _ => ProgressKind.Auto,
        };
        var folder = Path.GetRelativePath(_workspace, _store);
        return ConsoleOptions.For(TerminalFacts.OfProcess(), progress, options.NoColor, _detail) with
        {
            RunFolder = run => $"{folder}/runs/{run}/",
            SummaryFile = options.Summary,
        };
    }

    private void WriteSummaries(RunSummary summary)
    {
        if (_options.Summary is { } file)
        {
            WriteSummary(summary, Path.GetFullPath(file, _workspace));
        }

        // A run in which nothing happened leaves nothing behind.
        if (WorthKeeping.Is(summary))
        {
            Directory.CreateDirectory(RunFolder);
            SummaryWriter.WriteChanged(summary, Path.Combine(RunFolder, "summary.json"));
        }
    }

    private static void WriteSummary(RunSummary summary, string file)
    {
        if (Path.GetExtension(file) == ".md")
        {
            MarkdownSummary.Write(summary, file);
        }
        else
        {
            SummaryWriter.WriteAll(summary, file);
        }
    }

    private static FileStream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
    }
}
