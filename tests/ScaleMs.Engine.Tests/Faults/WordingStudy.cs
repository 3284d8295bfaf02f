using ScaleMs.Core.Model;

namespace ScaleMs.Engine.Tests.Faults;

/// <summary>A study with everything wrong that its author can write; its own file, for faults tell its lines.</summary>
internal static class WordingStudy
{
    public static void WrongByItself(StepBuilder steps, string workspace)
    {
        var good = steps.Shell("good", "echo > out").Output("out");
        steps.Shell("bad name", "echo > out").Output("out");
        steps.Shell("outside", "echo > out").Output("../out");
        steps.Shell("in-place", "echo > out").Output("out", store: StoreAs.InPlace);
        steps.Step("own-path").Tool("cat").Run("cat", workspace + "/in.txt").OutputTo("out").Output("out");
        var captured = 3;
        steps.Step("captures").Call(files => files.WriteText("out", $"{captured}")).Output("out");
        steps.Fault("the temperatures are not in order", "sort them");
        steps.Use("prep", new Nested());
        steps.Zip("pair", new[] { 1, 2 }, new[] { 1, 2, 3 }, one => one, (member, _, _) => member.Shell("pair", "echo > out").Output("out"));
        steps.WhenKnown(good.File("oud"), (_, _) => { });
        steps.WhenKnown(new Deferred<string>(), (_, _) => { });
    }

    public static void WrongForTheWorkspace(StepBuilder steps)
    {
        steps.Shell("reads", "cat a > out").Input("a", new SourceFile("missing.txt")).Output("out");
        steps.Shell("reads-folder", "cat a > out").Input("a", new SourceFile("folder")).Output("out");
        steps.Shell("fills", "cat a > out").Template("a", new SourceFile("template.txt"), new { Unused = 1 }).Output("out");
        steps.Step("runs").Tool("no-such-tool").Run("no-such-tool").Output("out");
        steps.Shell("publishes", "echo > out").Output("out", publish: "mine.txt");
    }

    public static void WrongSecrets(StepBuilder steps)
    {
        var token = new Secret("api-token", "1", new SecretSource.FromEnvironment("NO_SUCH_TOKEN"));
        steps.Shell("tells", $"echo {token}").Output("out");
        steps.Shell("twice", "true").Environment("TOKEN", "x").Secret("TOKEN", token).Output("out");
        steps.Shell("passed", "true").Pass("NO_SUCH_TOKEN").Secret("TOKEN", token).Output("out");
        steps.Step("here").Call(Secrets.SecretFunctions.Length, token).Step.InProcess();
    }

    public static void WithoutItsSecret(StepBuilder steps) =>
        steps.Shell("use", "echo > out").Secret("TOKEN", new Secret("api-token", "1", new SecretSource.FromEnvironment("NO_SUCH_TOKEN"))).Output("out");

    public static void WrongWhenItGoesOn(StepBuilder steps) =>
        steps.WhenKnown(Text(steps), (_, _) => throw new InvalidOperationException("no such force field"));

    public static void WithoutEnd(StepBuilder steps) =>
        steps.Loop<Artifact?>("round", 2, null, (member, _) => Text(member), text => text!, _ => false);

    public static void Many(StepBuilder steps) =>
        steps.Expand("frame", Text(steps), (member, _) => member.Shell("frame", "echo > out").Output("out"));

    public static void WrongRecipes(StepBuilder steps)
    {
        steps.Use("big", new Box { Edge = -2, Kind = "tetrahedron" });
        steps.Use("box", new Box(), change => change
            .Step("solvte", step => step.Retries(2))
            .Step("box", step => step.ChangeOutput("bx.gro", keep: Keep.UntilConsumed))
            .Step("solvate", step => throw new InvalidOperationException("no such node")));
        steps.Use("empty", new Nothing(), change => change.Step("anything", step => step.Stochastic()));
        steps.Use("prep", new Throwing());
    }

    private sealed class Box : Recipe<Artifact>
    {
        public double Edge { get; init; } = 2;

        public string Kind { get; init; } = "cubic";

        public override Artifact Define(StepBuilder steps)
        {
            steps.CheckOption(Edge, Edge > 0, "a length above 0 nm");
            steps.CheckOption(Kind, Kind is "cubic" or "dodecahedron", "one of cubic, dodecahedron");
            steps.Shell("box", "echo > box.gro").Output("box.gro");
            return steps.Shell("solvate", "echo > solvated.gro").Output("solvated.gro").File("solvated.gro");
        }
    }

    private sealed class Nothing : Recipe<string>
    {
        public override string Define(StepBuilder steps) => string.Empty;
    }

    private sealed class Throwing : Recipe<Artifact>
    {
        public override Artifact Define(StepBuilder steps) => throw new NotSupportedException("no water model of that name");
    }

    private static Artifact Text(StepBuilder steps) => steps.Shell("text", "seq 4 > out").Output("out").File("out");

    /// <summary>A recipe in a recipe: the study's author can change the line where the outer one is used.</summary>
    private sealed class Nested : Recipe<Step>
    {
        public override Step Define(StepBuilder steps) => steps.Use(new Wrong());
    }

    private sealed class Wrong : Recipe<Step>
    {
        public override Step Define(StepBuilder steps) => steps.Shell("solvate", "echo > out").Output("/out");
    }
}
