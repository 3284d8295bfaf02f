using System.Globalization;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs.Testing.Tests.Model;

/// <summary>A part of a random workflow that is defined when the content of an output is known: by what it says there is more or less of it.</summary>
/// <param name="Number">Tells it from others.</param>
/// <param name="Kind">What it makes.</param>
/// <param name="From">Whose content it waits for.</param>
/// <param name="Links">What its steps read besides.</param>
/// <param name="IsCoarse">Whether the outputs of its steps take few values.</param>
/// <param name="Publishes">Whether they are published.</param>
/// <param name="Keep">How long their bytes are kept.</param>
/// <param name="HasEnd">Whether a last step reads what all the others made, declared when they are known.</param>
internal sealed record Growth(int Number, GrowthKind Kind, Link From, IReadOnlyList<Link> Links, bool IsCoarse, bool Publishes, Keep Keep, bool HasEnd)
{
    private const int MostRounds = 4;

    /// <summary>The continuations that are declared at once.</summary>
    public IReadOnlyList<Continuation> Declare(RandomWorkflow workflow)
    {
        var made = new List<StepInstance>();
        var source = workflow.Content(From);
        var first = On(source, text => Grow(text, 1, workflow, source, made));
        return HasEnd && Kind == GrowthKind.Members ? [first, new Continuation { Task = Task, After = first, Expand = _ => new Expansion([End(made)], [], []) }] : [first];
    }

    private string Task => Number % 2 == 0 ? "even" : "odd";

    private Continuation On(InputSource.StepOutput source, Func<string, Expansion> expand) => new() { Task = Task, Source = source, Expand = expand };

    private Expansion Grow(string text, int round, RandomWorkflow workflow, InputSource.StepOutput last, List<StepInstance> made)
    {
        var draw = Convert.ToInt32(Digest.OfText($"{Number} {round} {text}").Hex[..6], 16);
        var steps = Kind switch
        {
            GrowthKind.Members => Enumerable.Range(0, draw % 4).Select(place => Step(workflow, $"m={(draw >> (4 * (place + 2))) % 5}", null)).DistinctBy(step => step.Id).ToList(),
            GrowthKind.OneOfTwo => [Step(workflow, draw % 2 == 0 ? "way=a" : "way=b", null)],
            _ => round == 1 || (round <= MostRounds && draw % 4 > 0) ? [Step(workflow, string.Create(CultureInfo.InvariantCulture, $"round={round}"), last)] : new List<StepInstance>(),
        };
        made.AddRange(steps);
        if (Kind != GrowthKind.Rounds)
        {
            return new Expansion(steps, [], []);
        }

        return steps.Count == 0
            ? new Expansion(HasEnd ? [End(made)] : [], [], [])
            : new Expansion(steps, [On(Source(steps[0]), next => Grow(next, round + 1, workflow, Source(steps[0]), made))], []);
    }

    private StepInstance Step(RandomWorkflow workflow, string member, InputSource.StepOutput? last)
    {
        var inputs = Links.Select(workflow.Input).ToList();
        return Of($"g{Number}", member, last is null ? inputs : [.. inputs, RandomWorkflow.Input("last.txt", last)]);
    }

    private StepInstance End(List<StepInstance> made) => Of($"g{Number}-end", string.Empty, [.. made.Select((step, place) => RandomWorkflow.Input($"i{place}.txt", Source(step)))]);

    private StepInstance Of(string name, string member, IReadOnlyList<Input> inputs) => new()
    {
        Id = new StepId(Task, name, member),
        Operation = new Operation.Commands([new Command("work", [name, member.Length == 0 ? "end" : member, IsCoarse ? "coarse" : "fine"])]),
        Tools = [new Tool("work", ["work"], new ToolVersion.OfBinary())],
        Inputs = inputs,
        Outputs = [new Output(ArtifactPath.Parse("plain.txt"), OutputIdentity.Bytes, Publishes ? ArtifactPath.Parse($"out/{name}/{member.Replace('=', '-')}.txt") : null) { Keep = Keep }],
    };

    private static InputSource.StepOutput Source(StepInstance step) => new(step.Id, step.Outputs[0].Path);
}

/// <summary>What follows from a content.</summary>
internal enum GrowthKind
{
    /// <summary>So many members as it says.</summary>
    Members,

    /// <summary>One step or another.</summary>
    OneOfTwo,

    /// <summary>A step, and as long as its own content says so another one.</summary>
    Rounds,
}
