using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests.BuildServers;

public sealed class BuildServerReporterTests
{
    [Fact]
    public void Summary_OfARunInWhichNothingHappened_IsNotShown()
    {
        Assert.Empty(Told(Finished(Outcome.UpToDate)));
        Assert.Single(Told(Finished(Outcome.Executed)), told => told.StartsWith("summary ## all", StringComparison.Ordinal));
    }

    private static RunEvent.Finished Finished(Outcome outcome)
    {
        StepResult[] steps = [new() { Id = new StepId("t", "s"), Outcome = outcome, Reason = new Reason("changed", "changed") }];
        return new(default, new RunSummary("r", "all", "done", 1, RunCounts.Of(steps), steps));
    }

    private static List<string> Told(RunEvent runEvent)
    {
        var server = new RecordedServer();
        new BuildServerReporter(server, server.Told.Add, "/", () => "/").On(runEvent);
        return server.Told;
    }

    private sealed class RecordedServer : IBuildServer
    {
        public List<string> Told { get; } = [];

        public void BeginGroup(string title) => Told.Add($"begin {title}");

        public void EndGroup(string title) => Told.Add($"end {title}");

        public void Problem(string title, string message, SourceLocation? where = null) => Told.Add($"problem {title}: {message}");

        public void Summarise(string markdown, Func<string> file) => Told.Add($"summary {markdown}");
    }
}
