using System.Globalization;
using ScaleMs.Core.Model;

namespace ScaleMs.Storm;

/// <content>What is known only while running: how many members there are, and how often something is repeated, follow from the sources.</content>
internal static partial class Study
{
    private const int MostRounds = 5;

    /// <summary>Two to four members, and what reads them all.</summary>
    private static void Frames(StepBuilder steps, Step common)
    {
        var list = Shell(steps, "list", $"seq {Draw("3", "upper.txt note.txt")} | sed s/^/f/ > list.txt; echo f0 >> list.txt; echo f9 >> list.txt")
            .Input("upper.txt", common.File("upper.txt")).Input("note.txt", new SourceFile(Sources.Note)).Output("list.txt", keep: Keep.Never);
        var frames = steps.Expand("f", list.File("list.txt"), (each, name) => Shell(each, "frame", $"sed s/^/{name}:/ upper.txt > frame.txt; cksum frame.txt > frame.sum")
            .Input("upper.txt", common.File("upper.txt")).Output("frame.txt", keep: Keep.UntilConsumed).Output("frame.sum", publish: $"results/frames/{name}.sum"));
        steps.WhenKnown(frames, (after, members) => Join(after, "album", members.Select(member => member.Handles.File("frame.txt")), "results/album.txt"));
    }

    /// <summary>One to five rounds, each from what the last one made.</summary>
    private static void Walks(StepBuilder steps, Step common)
    {
        var rounds = steps.Loop<Walk?>("round", MostRounds, null, (each, last) => Round(each, (last?.Number ?? 0) + 1, last, common), walk => walk!.Made.File("decision.txt"), text => text == "enough\n");
        steps.WhenKnown(rounds, (after, all) => Shell(after, "walked", $"echo {all.Count} > walked.txt; cat state.txt >> walked.txt")
            .Input("state.txt", all[^1]!.Made.File("state.txt")).Output("walked.txt", publish: "results/walked.txt"));
    }

    private static Walk Round(StepBuilder each, int number, Walk? last, Step common)
    {
        var isLast = number == MostRounds ? "true" : $"[ {Draw("4", "state.txt")} = 0 ]";
        var walk = Shell(each, "walk", $"cat from.txt seed.txt | cksum > state.txt; if {isLast}; then echo enough; else echo more; fi > decision.txt")
            .Input("from.txt", last?.Made.File("state.txt") ?? common.File("upper.txt")).Input("seed.txt", new SourceFile(Sources.Seed(number % Members)))
            .Output("state.txt", keep: Keep.UntilConsumed)
            .Output("decision.txt", publish: string.Create(CultureInfo.InvariantCulture, $"results/walks/{number}.txt"));
        return new Walk(number, walk);
    }

    /// <summary>A number below a limit that the content of files decides.</summary>
    private static string Draw(string limit, string files) => $"$(( $(cat {files} | cksum | cut -d' ' -f1) % {limit} ))";

    private sealed record Walk(int Number, Step Made);
}
