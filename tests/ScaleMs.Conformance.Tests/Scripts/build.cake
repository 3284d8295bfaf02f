// One script for both engines: ScriptTests chooses what of it is run.

Setup(context => Information("setup {0}", string.Join(",", context.TasksToExecute.Select(task => task.Name))));
Teardown(context => Information("teardown {0}", context.ThrownException?.GetType()));
TaskSetup(context => Verbose("before {0}", context.Task.Name));

Task("part").Description("A part").Does(() => Information("part {0}", Argument("configuration", "none")));
Task("left").WithCriteria(false, "not today");
Task("weak").Does(() => throw new Exception("weak")).ContinueOnError();
Task("all").IsDependentOn("part").IsDependentOn("left").IsDependentOn("weak").Does(() => Information("all"));
Task("more").IsDependentOn("part").DoesForEach(() => new[] { 1, 2 }, number => Information("more {0}", number));
Task("fails").IsDependentOn("part").Does(() => throw new CakeException(42, "failed"));
Task("before-failure").IsDependentOn("part");
Task("before-exit").IsDependentOn("part");
Task("chat").IsDependentOn("chat-one").IsDependentOn("chat-two");
Task("chat-one").Does(() => Chat("one"));
Task("chat-two").Does(() => Chat("two"));
Task("caught").IsDependentOn("fails");

var targets = Arguments("target", "all");
try
{
  RunTargets(targets);
}
catch (Exception exception) when (targets.Contains("caught"))
{
  Information("caught {0}", exception.Message);
}

if (targets.Contains("before-failure"))
{
  throw new Exception("the script failed after its run");
}

if (targets.Contains("before-exit"))
{
  Environment.Exit(7);
}

void Chat(string name)
{
  Information("log of {0}", name);
  Console.WriteLine("console of {0}", name);
  StartProcess("dotnet", "--version");
  Information("end of {0}", name);
}
