using Cake.Core;
using Cake.Core.Diagnostics;

namespace ScaleMs.Conformance.Tests;

/// <summary>Cake's printer of headings and of the report.</summary>
internal sealed class RecordedPrinter(Recording recording) : ICakeReportPrinter
{
    public void Write(CakeReport report)
    {
        recording.Add("print report");
        recording.Add(report);
    }

    public void WriteStep(string name, Verbosity verbosity) => recording.Add($"print step {name}");

    public void WriteLifeCycleStep(string name, Verbosity verbosity) => recording.Add($"print lifecycle {name}");

    public void WriteSkippedStep(string name, Verbosity verbosity) => recording.Add($"print skipped {name}");
}
