using Cake.Core;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;

namespace ScaleMs.Testing;

/// <summary>Tests a workflow in memory: which of its steps run, and which do not, after which change.</summary>
/// <example>
/// <code>
/// var study = WorkflowTest.Of(steps => steps.Step("count").Input("in.txt", new SourceFile("in.txt")).Tool("wc").Run("wc", "in.txt").Output("n.txt")).Holds("in.txt", "one");
/// study.Run().Executed("workflow/count");
/// study.Run().ExecutesNothing();
/// </code>
/// </example>
public sealed class WorkflowTest
{
    private readonly Func<SimulatedHost, WorkflowDefinition> _define;
    private readonly List<(string Step, StepScript Script)> _scripts = [];

    private WorkflowTest(Func<SimulatedHost, WorkflowDefinition> define)
    {
        _define = define;
        Host.Launcher.Script = step => ScriptOf(step.Id)(step);
    }

    /// <summary>The machine that it runs on.</summary>
    public SimulatedHost Host { get; } = new();

    /// <summary>Tests one task, called <c>workflow</c>.</summary>
    /// <param name="define">Declares the steps; called for each run, so it may read what a test changes in between.</param>
    /// <returns>The test.</returns>
    public static WorkflowTest Of(Action<StepBuilder> define) => Of(("workflow", define));

    /// <summary>Tests several tasks, each dependent on the one before.</summary>
    /// <param name="tasks">Names, and what declares the steps; handles may pass from one to the next through variables.</param>
    /// <returns>The test.</returns>
    public static WorkflowTest Of(params (string Task, Action<StepBuilder> Define)[] tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        return new WorkflowTest(_ => Definitions.Of(tasks));
    }

    /// <summary>Tests a target of a Frosting workflow as its host would run it: the tasks of the context's assembly, one object per class.</summary>
    /// <typeparam name="TContext">The workflow's context.</typeparam>
    /// <param name="target">The target's name.</param>
    /// <param name="parameters">Parameters as <c>--set</c> takes them, such as <c>replicas=4</c>.</param>
    /// <returns>The test. Plain tasks take their place in the order, but do nothing.</returns>
    public static WorkflowTest OfTarget<TContext>(string target, params string[] parameters)
        where TContext : ScaleMsContext => new(host => Definitions.OfTarget<TContext>(target, parameters, host.Disk));

    /// <summary>Tests a target of what a script declares with its aliases, given its context and its <c>Task</c> method.</summary>
    internal static WorkflowTest OfScript(string target, Action<ICakeContext, Func<string, CakeTaskBuilder>> script, params string[] parameters) =>
        new(host => Definitions.OfScript(target, parameters, host.Disk, script));

    /// <summary>Puts a source file into the workspace, or changes it.</summary>
    /// <param name="path">The path in the workspace.</param>
    /// <param name="text">Its text.</param>
    /// <returns>This test.</returns>
    public WorkflowTest Holds(string path, string text)
    {
        Host.Disk.Write(SimulatedHost.PathOf(path), text);
        return this;
    }

    /// <summary>Puts all files of a real directory into the workspace.</summary>
    /// <param name="directory">The real directory, such as that of a workflow's templates.</param>
    /// <param name="path">Where in the workspace they go.</param>
    /// <returns>This test.</returns>
    public WorkflowTest HoldsFilesOf(string directory, string path)
    {
        foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            Holds($"{path}/{Path.GetRelativePath(directory, file).Replace('\\', '/')}", File.ReadAllText(file));
        }

        return this;
    }

    /// <summary>Says what a step does; one without a script writes a digest of all that it reads into each output.</summary>
    /// <param name="step">The id of an instance, or that of a step without its member for all members.</param>
    /// <param name="script">What it does. The script said last wins.</param>
    /// <returns>This test.</returns>
    public WorkflowTest Script(string step, StepScript script)
    {
        _scripts.Add((step, script));
        return this;
    }

    /// <summary>What a file of the workspace holds.</summary>
    /// <param name="path">The path in the workspace.</param>
    /// <returns>Its text; null when it is not there.</returns>
    public string? Text(string path) => Host.Disk.Stat(SimulatedHost.PathOf(path)) is null ? null : Host.Disk.ReadText(SimulatedHost.PathOf(path));

    /// <summary>Defines the workflow and runs it.</summary>
    /// <param name="options">How; null for the usual.</param>
    /// <returns>What came of it, to be asserted on.</returns>
    public WorkflowRun Run(SimulatedRunOptions? options = null) => new(Host.Run(_define(Host), options));

    private StepScript ScriptOf(StepId id)
    {
        var names = new[] { id.ToString(), (id with { Member = string.Empty }).ToString() };
        return _scripts.FindLast(scripted => names.Contains(scripted.Step, StringComparer.Ordinal)).Script ?? StepScripts.DigestOfInputs;
    }
}
