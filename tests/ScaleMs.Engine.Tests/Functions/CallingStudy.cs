using System.Text.Json;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>A study whose functions are called in processes of their own, as hosts call them.</summary>
internal sealed class CallingStudy : IDisposable
{
    public CallingStudy() => Study.Ports = ports => ports with { Functions = new ChildFunctions() };

    public TestStudy Study { get; } = new();

    public void Dispose() => Study.Dispose();

    /// <summary>The failure of the only step.</summary>
    public Failure FailureOf(Action<StepBuilder> define)
    {
        var step = Assert.Single(Study.Run(define).Summary.Steps);
        Assert.Equal(Outcome.Failed, step.Outcome);
        return step.Failure!;
    }

    /// <summary>Runs one step <c>f</c> and reads what it returned.</summary>
    public T ResultOf<T>(Func<Step, Result<T>> call)
    {
        var report = Study.Run(steps => call(steps.Step("f")).Publish("result.json"));
        Assert.True(report.ExitCode == 0, report.Summary.Steps[0].Failure?.ToString());
        return JsonSerializer.Deserialize<T>(Study.Read("result.json"))!;
    }
}

/// <summary>Does something when a running step prints a line.</summary>
internal sealed class OnLine(string line, Action act) : IProgressReader
{
    public Progress? Read(string line1, TimeSpan elapsed)
    {
        if (line1 == line)
        {
            act();
        }

        return null;
    }
}
