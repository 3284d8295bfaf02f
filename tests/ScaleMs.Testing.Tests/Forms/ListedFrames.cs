namespace ScaleMs.Testing.Tests.Forms;

/// <summary>A workflow in which a step lists the members: each frame is published, and a sum reads them all.</summary>
internal sealed class ListedFrames
{
    public ListedFrames() => Study = WorkflowTest.Of(Define).Script("workflow/list", step =>
    {
        step.Write("list.txt", string.Join('\n', List.Split(' ')) + "\n");
        return ScriptedEnd.After(1);
    }).Holds("in.txt", List).Holds("data/a.txt", "a").Holds("data/b.txt", "b").Holds("data/c.txt", "c");

    public WorkflowTest Study { get; }

    /// <summary>What the step lists when it runs, with blanks between the names.</summary>
    public string List { get; set; } = "a b";

    /// <summary>Another list, and another input of the step that makes it.</summary>
    public void Relist(string list)
    {
        List = list;
        Study.Holds("in.txt", list);
    }

    private static void Define(StepBuilder steps)
    {
        var list = steps.Step("list").Input("in", new SourceFile("in.txt")).Tool("ls").Run("ls").Output("list.txt");
        var frames = steps.Expand("frame", list.File("list.txt"), (member, name) => member.Step("frame")
            .Input("data", new SourceFile($"data/{name}.txt")).Tool("cut").Run("cut", name).Output("out", publish: $"frames/{name}.txt"));
        steps.WhenKnown(frames, (after, members) =>
        {
            var sum = after.Step("sum").Tool("sum").Run("sum").Output("sum", publish: "sum.txt");
            foreach (var (name, frame) in members)
            {
                sum.Input($"{name}.txt", frame.File("out"));
            }
        });
    }
}
