using System.Globalization;
using Cake.Core.Diagnostics;

namespace ScaleMs.Conformance.Tests;

/// <summary>Cake's log: what is at or below its verbosity is recorded, as Cake's own log would print it.</summary>
internal sealed class RecordedLog(Recording recording) : ICakeLog
{
    public Verbosity Verbosity { get; set; } = Verbosity.Diagnostic;

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        if (verbosity <= Verbosity)
        {
            recording.Add($"log {level}: {string.Format(CultureInfo.InvariantCulture, format, args)}");
        }
    }
}
