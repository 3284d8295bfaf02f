using Xunit;

namespace ScaleMs.Testing.Tests;

/// <summary>A host that crashes instead of making its n-th change, for every n, while one directory is made and published in place of another.</summary>
public sealed class TreeCrashTests
{
    private const string First = "a=1\nb=2\nfolder=3";
    private const string Second = "b=2\nc=3\nfolder/e=4";
    private const string Third = "a=9\nwarn=1";

    [Fact]
    public void Crash_AtEveryChange_LeavesNoFileOfAnotherDirectory()
    {
        var changes = Changes();
        Assert.True(changes > 20, $"{changes} changes");
        for (var change = 1; change <= changes; change++)
        {
            var study = Crashed(change);
            Holds(study, Third).Run();
            AssertPublished(study, change, Third);
            study.Run().ExecutesNothing();
        }
    }

    [Fact]
    public void Crash_AtEveryChange_IsMadeGoodByTheNextRun()
    {
        var changes = Changes();
        for (var change = 1; change <= changes; change++)
        {
            var study = Crashed(change);
            study.Run();
            AssertPublished(study, change, Second);
            Holds(study, First).Run().Executed();
            AssertPublished(study, change, First);
        }
    }

    private static int Changes() => Holds(Ran(), Second).Run().Run.Changes;

    private static WorkflowTest Crashed(int change)
    {
        var study = Holds(Ran(), Second);
        Assert.True(study.Run(new SimulatedRunOptions { CrashAtChange = change }).Run.HasCrashed, $"change {change}");
        return study;
    }

    /// <summary>The first directory is published, with a file of the user's beside its own.</summary>
    private static WorkflowTest Ran()
    {
        var study = Holds(WorkflowTest.Of(Define).Script("workflow/make", Make), First);
        study.Run();
        return study.Holds("results/frames/mine", "mine");
    }

    private static WorkflowTest Holds(WorkflowTest study, string text) => study.Holds("in.txt", text);

    private static void Define(StepBuilder steps)
    {
        var make = steps.Step("make").Input("in.txt", new SourceFile("in.txt")).Tool("make").Run("make")
            .OutputTree("frames", publish: "results/frames").Output("warn", publish: "results/warn", isOptional: true);
        steps.Step("read").Input("frames", make.Tree("frames")).Input("warn", make.File("warn")).Tool("read").Run("read").Output("out", publish: "results/out");
    }

    private static ScriptedEnd Make(ScriptedStep step)
    {
        foreach (var parts in step.Read("in.txt").Split('\n').Select(line => line.Split('=')))
        {
            step.Write(parts[0] == "warn" ? "warn" : $"frames/{parts[0]}", parts[1]);
        }

        return ScriptedEnd.Done;
    }

    private static void AssertPublished(WorkflowTest study, int change, string text)
    {
        var wanted = text.Split('\n').Select(line => line.StartsWith("warn", StringComparison.Ordinal) ? line : $"frames/{line}").Append("frames/mine=mine");
        var found = study.Host.Disk.Files(SimulatedHost.PathOf("results")).Where(file => !file.EndsWith("/out", StringComparison.Ordinal))
            .Select(file => $"{file[(SimulatedHost.Workspace.Length + "/results/".Length)..]}={study.Host.Disk.ReadText(file)}");
        Assert.True(wanted.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal)), $"change {change}: {string.Join(' ', found)}");
    }
}
