using ScaleMs.Testing;
using Xunit;

namespace Starter_Study.Tests;

/// <summary>In memory: a disk, a store and tools that make of what they read something else. No process is started.</summary>
public sealed class StudyTests
{
    private readonly WorkflowTest _study = WorkflowTest.OfTarget<StudyContext>("Default")
        .Holds("texts/carbon.txt", "one two three")
        .Holds("texts/iron.txt", "one two");

    [Fact]
    public void Study_RunTwice_SecondRunExecutesNothing()
    {
        _study.Run().Executed("count[text=carbon]", "count[text=iron]", "report");
        _study.Run().ExecutesNothing();
    }

    [Fact]
    public void Study_OneTextEdited_OnlyWhatReadsItRuns()
    {
        _study.Run();
        _study.Holds("texts/iron.txt", "one two three four");
        _study.Run().Executed("count[text=iron]", "report");
    }
}
