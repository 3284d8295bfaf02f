using Cake.Cli;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Scripting;

namespace ScaleMs.Conformance.Tests;

/// <summary>A build on one of the engines, declared through a host of Cake as scripts and Frosting do.</summary>
internal sealed class Build
{
    private readonly RecordedLog _log;
    private readonly Asked _asked;

    public Build(Func<ICakeDataService, RecordedLog, ICakeEngine> engine, Asked asked, string workspace)
    {
        _asked = asked;
        _log = new RecordedLog(Recording) { Verbosity = asked.Verbosity };
        var data = new CakeDataService();
        Engine = engine(data, _log);
        var arguments = new CakeArguments(asked.Arguments.ToLookup(argument => argument.Key, argument => argument.Value));
        Context = new TestContext(_log, data, workspace, asked.UnderModule ? new AskedArguments(arguments) : arguments);
        RecordedEvents.Listen(Engine, Context, Recording);
        var printer = new RecordedPrinter(Recording);
        Host = asked.DryRun
            ? new DryRunScriptHost<ICakeContext>(Engine, Context, _log)
            : new BuildScriptHost<ICakeContext>(Engine, new RecordedStrategy(Recording, new DefaultExecutionStrategy(_log, printer)), Context, printer, new CakeConfiguration(new Dictionary<string, string>()), _log);
        Host.Settings.UseUnifiedDependencyGraphForMultipleTargets(!asked.EachForItself);
        if (asked.Exclusive)
        {
            Host.Settings.UseExclusiveTarget();
        }
    }

    public Recording Recording { get; } = new();

    public ICakeEngine Engine { get; }

    public ICakeContext Context { get; }

    /// <summary>What a script calls: <c>Task</c>, <c>Setup</c>, <c>Teardown</c> and so on.</summary>
    public ScriptHost Host { get; }

    /// <summary>Adds a task that says its name.</summary>
    public CakeTaskBuilder Task(string name) => Host.Task(name).Does(() => Say(name));

    /// <summary>Adds a task that says its name and fails.</summary>
    public CakeTaskBuilder Failing(string name) => Task(name).Does(() => Throw(name));

    public void Say(string text) => Recording.Add($"say {text}");

    /// <summary>Fails by the name of what does.</summary>
    public static void Throw(string name) => throw new InvalidOperationException($"{name} failed");

    /// <summary>Runs it, and ends as the command of a host would.</summary>
    public async Task RunAsync(Action<Build> define)
    {
        try
        {
            define(this);
            Recording.Add(await Host.RunTargetsAsync(_asked.Targets));
            Recording.Add("exit 0");
        }
        catch (Exception exception)
        {
            Recording.Add($"threw {Recording.Told(exception)}");
            Recording.Add($"exit {_log.LogException(exception)}");
        }
    }
}
