using System.Globalization;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs.Storm;

/// <summary>A study that is small and has everything: an ensemble of chains, fan-in, two outputs, early cut-off, an edited input, a large file, a slow step, bytes kept in place and dropped, members that a step lists, and a loop.</summary>
internal static partial class Study
{
    /// <summary>The variable that names the file to which every execution adds its private directory.</summary>
    public const string Ledger = "STORM_LEDGER";

    public const int Members = 6;

    /// <summary>Whether a step's bytes are kept in one place, or not at all: it runs again when they are needed and were given up.</summary>
    public static bool GivesUpBytes(StepId step) => step.Step is "long" or "head" or "large" or "twice" or "frame" or "walk";

    public static WorkflowDefinition Define(string workspace)
    {
        using var collector = new StepCollector(workspace);
        var steps = new StepBuilder(collector, "storm");
        var common = Shell(steps, "common", "tr a-z A-Z < common.txt > upper.txt").Input("common.txt", new SourceFile(Sources.Common)).Output("upper.txt");
        var members = steps.ForEach("m", Enumerable.Range(0, Members), m => m, (each, m) => Member(each, m, common));
        var table = Join(steps, "table", members.Select(member => member.Handles.Long.File("long.txt")), "results/table.txt");
        var heads = Join(steps, "heads", members.Select(member => member.Handles.Head.File("head.txt")), null);
        Report(steps, table, heads);
        Large(steps, common);
        Frames(steps, common);
        Walks(steps, common);
        return collector.Complete([new("storm", [], IsPlain: false)]);
    }

    private static (Step Long, Step Head) Member(StepBuilder each, int m, Step common)
    {
        var seed = new SourceFile(Sources.Seed(m));
        var mixed = Shell(each, "mix", "cat upper.txt seed.txt > mix.txt; cksum mix.txt > mix.sum")
            .Input("upper.txt", common.File("upper.txt")).Input("seed.txt", seed)
            .Output("mix.txt", publish: $"results/{m}/mix.txt").Output("mix.sum", publish: $"results/{m}/mix.sum");
        // What is written twice into one directory shows.
        var counted = Shell(each, "count", "cat mix.txt >> all.txt; wc -l < all.txt >> all.txt").Input("mix.txt", mixed.File("mix.txt"))
            .Output("all.txt", new OutputIdentity.Canonical(ContentIdentity.Bytes));
        var slow = Shell(each, "long", (m % 3 == 0 ? "sleep 0.05; " : "") + "sed s/^/$0:/ all.txt > long.txt", m.ToString(CultureInfo.InvariantCulture))
            .Input("all.txt", counted.File("all.txt")).Output("long.txt", keep: Keep.UntilConsumed);
        var head = Shell(each, "head", "head -n 1 mix.txt > head.txt").Input("mix.txt", mixed.File("mix.txt")).Output("head.txt", keep: Keep.Never);
        return (slow, head);
    }

    private static Step Join(StepBuilder steps, string name, IEnumerable<Artifact> parts, string? publish)
    {
        var join = Shell(steps, name, $"cat part-* > {name}.txt");
        foreach (var (part, index) in parts.Select((part, index) => (part, index)))
        {
            join.Input($"part-{index}", part);
        }

        return join.Output($"{name}.txt", publish: publish);
    }

    private static void Report(StepBuilder steps, Step table, Step heads)
    {
        var edited = Shell(steps, "edit", "sed -i 1d table.txt; cat table.txt note.txt > edited.txt")
            .Edit("table.txt", table.File("table.txt")).Input("note.txt", new SourceFile(Sources.Note)).Output("edited.txt");
        Shell(steps, "report", "cat edited.txt heads.txt > report.txt; wc -c < report.txt > size.txt; cksum report.txt > sum.txt")
            .Input("edited.txt", edited.File("edited.txt")).Input("heads.txt", heads.File("heads.txt"))
            .Output("report.txt", publish: "results/report.txt").Output("size.txt", publish: "results/size.txt").Output("sum.txt", publish: "results/sum.txt");
    }

    /// <summary>More than is copied when it is staged.</summary>
    private static void Large(StepBuilder steps, Step common)
    {
        var large = Shell(steps, "large", "yes \"$(cat upper.txt)\" | head -c 1500000 > large.bin").Input("upper.txt", common.File("upper.txt")).Output("large.bin", publish: "results/large.bin", store: StoreAs.InPlace);
        // The same bytes twice, once more in place and once not.
        Shell(steps, "twice", "yes \"$(cat upper.txt)\" | head -c 1500000 > a.bin; cp a.bin b.bin").Input("upper.txt", common.File("upper.txt"))
            .Output("a.bin", publish: "results/a.bin", store: StoreAs.InPlace).Output("b.bin", publish: "results/b.bin", keep: Keep.Never);
        Shell(steps, "weigh", "cksum < large.bin > large.sum").Input("large.bin", large.File("large.bin")).Output("large.sum", publish: "results/large.sum");
    }

    private static Step Shell(StepBuilder steps, string name, string script, string zero = "sh") => steps.Step(name)
        .Tool("sh").Run("sh", "-c", $"echo \"$PWD\" >> \"${Ledger}\"; set -e; {script}", zero).Pass(Ledger);
}
