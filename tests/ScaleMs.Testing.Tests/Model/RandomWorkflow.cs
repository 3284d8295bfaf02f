using ScaleMs.Core.Digests;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs.Testing.Tests.Model;

/// <summary>A random workflow that can be edited: layers, fan-in, fan-out, shared inputs, the same work under two names.</summary>
internal sealed class RandomWorkflow
{
    public const int Sources = 3;

    private static readonly ContentIdentity WithoutComments = new LineIdentity("without-comments", 1, line => line.StartsWith('#') ? null : line);
    private readonly List<Node> _nodes = [];
    private readonly List<Growth> _growths = [];
    private readonly HashSet<int> _leftOver = [];
    private int _numbers;

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>What is defined when contents are known.</summary>
    public IReadOnlyList<Growth> Growths => _growths;

    public static string SourceName(int source) => $"in/{source}.txt";

    /// <summary>The definition; its steps come after those they read.</summary>
    public WorkflowDefinition Definition => new(
        [new WorkflowTask("even", [], IsPlain: false), new WorkflowTask("odd", [], IsPlain: false)],
        _nodes.ConvertAll(Step), []) { Continuations = [.. _growths.SelectMany(growth => growth.Declare(this))] };

    public StepInstance Step(Node node) => new()
    {
        Id = IdOf(node),
        Operation = new Operation.Commands([new Command("work", node.Arguments)]),
        Tools = [new Tool("work", ["work"], new ToolVersion.OfBinary())],
        Inputs = node.Links.Select(Input).ToList(),
        Outputs = Enumerable.Range(0, node.AllOutputs).Select(output => OutputOf(node, output)).ToList(),
        IsAlways = node.IsAlways,
    };

    /// <summary>What a step makes of its files: a function of its command and of what counts in them. Coarse work of one variant makes bytes that do not tell by whom.</summary>
    public static Dictionary<string, string> Work(string command, IEnumerable<KeyValuePair<string, string>> files, IEnumerable<string> outputs)
    {
        var read = string.Join('\n', files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key}={Counting(file.Value)}"));
        var digest = Digest.OfText($"{command}\n{read}").Hex;
        var value = command.EndsWith("coarse", StringComparison.Ordinal) ? $"{digest[0] % 2}" : digest[..12];
        var maker = command.EndsWith("variant3 coarse", StringComparison.Ordinal) ? "anybody" : command;
        return outputs.SelectMany(output => FilesOf(output, Digest.OfText(value).Hex))
            .ToDictionary(output => output, output => output.StartsWith('c') ? $"# {command} {digest}\n{value} {output}\n" : $"{maker} {value} {output}\n");
    }

    /// <summary>Which files there are is a function of what counts, too; of a directory, one of them holds the same each time.</summary>
    private static IEnumerable<string> FilesOf(string output, string value) => output switch
    {
        "perhaps.txt" => value[0] % 3 == 0 ? [] : [output],
        _ when output.StartsWith("tree", StringComparison.Ordinal) => value[..3].Distinct().Select(name => $"tree/{(name % 2 == 0 ? "below/" : string.Empty)}{name}.txt"),
        _ => [output],
    };

    public void Add(Choices choices)
    {
        var links = Enumerable.Range(0, 1 + choices.Next(3)).Select(_ => RandomLink(choices)).ToList();
        _nodes.Add(new Node(_numbers, _numbers++, choices.Next(4), choices.Next(2) == 1, choices.Next(3) == 1, 1 + choices.Next(2), choices.Next(3) > 0, choices.Of([Keep.Always, Keep.Always, Keep.UntilConsumed, Keep.Never]), choices.Next(3) == 1, choices.Next(8) == 1, links, choices.Of([Extra.None, Extra.None, Extra.Directory, Extra.Optional])));
    }

    /// <summary>Adds a part that is defined when the content of some output is known; nothing when there is no step yet.</summary>
    public void AddGrowth(Choices choices)
    {
        if (_nodes.Count > 0 && _leftOver.Count == 0)
        {
            var from = new Link(choices.Of(_nodes).Number, choices.Next(2), false);
            var links = Enumerable.Range(0, choices.Next(3)).Select(_ => RandomLink(choices)).ToList();
            _growths.Add(new Growth(_numbers++, choices.Of(Enum.GetValues<GrowthKind>()), from, links, choices.Next(2) == 1, choices.Next(3) > 0, choices.Of([Keep.Always, Keep.UntilConsumed, Keep.Never]), choices.Next(2) == 1));
        }
    }

    /// <summary>Publishes a node's outputs, or no more, but where the definition goes on from contents.</summary>
    /// <remarks>A file that is left over stays, and serves, while its task is open: nothing to agree on. So no growth meets one.</remarks>
    public void PublishOrNot(Node node)
    {
        if (!node.Publishes)
        {
            Change(node, old => old with { Publishes = true });
        }
        else if (_growths.Count == 0)
        {
            _leftOver.Add(node.Family);
            Change(node, old => old with { Publishes = false });
        }
    }

    /// <summary>A run ended well: what was left over is moved away.</summary>
    public void Settle() => _leftOver.Clear();

    public void Remove(Growth growth) => _growths.Remove(growth);

    /// <summary>Adds a node that does the same as another one.</summary>
    public void AddTwin(Node node) => _nodes.Add(node with { Number = _numbers++ });

    public void Change(Node node, Func<Node, Node> change) => _nodes[_nodes.IndexOf(node)] = change(node);

    /// <summary>Removes a node and all that would have nothing to read without it.</summary>
    public void Remove(Node node)
    {
        var gone = new HashSet<int> { node.Number };
        foreach (var later in _nodes.Where(later => later.Links.Any(link => link.Node is { } number && gone.Contains(number))))
        {
            gone.Add(later.Number);
        }

        _leftOver.UnionWith(_nodes.Where(candidate => gone.Contains(candidate.Number)).Select(candidate => candidate.Family));
        _nodes.RemoveAll(candidate => gone.Contains(candidate.Number));
        _growths.RemoveAll(growth => _nodes.Exists(twin => _leftOver.Contains(twin.Family)) || growth.Links.Append(growth.From).Any(link => link.Node is { } number && gone.Contains(number)));
    }

    private static string Counting(string text) => string.Join('\n', text.Split('\n').Where(line => !line.StartsWith('#')));

    private static StepId IdOf(Node node) => new(node.Number % 2 == 0 ? "even" : "odd", $"s{node.Number}");

    private static Output OutputOf(Node node, int output)
    {
        var (isExtra, isTree) = (output == node.Outputs, output == node.Outputs && node.Extra == Extra.Directory);
        return new Output(
            ArtifactPath.Parse(node.OutputName(output)),
            isTree ? OutputIdentity.Listing : node.HasComments && !isExtra ? new OutputIdentity.Canonical(WithoutComments) : OutputIdentity.Bytes,
            node.Publishes ? ArtifactPath.Parse($"out/s{node.Number}/{(isTree ? "tree" : isExtra ? "perhaps.txt" : $"{output}.txt")}") : null)
        {
            Keep = node.Keep,
            Store = node is { IsInPlace: true, Publishes: true } && !isExtra ? StoreAs.InPlace : StoreAs.Blob,
            Files = isTree ? FilePattern.All : null,
            IsOptional = isExtra && !isTree,
        };
    }

    /// <summary>The file whose content a growth waits for: one that is there each time.</summary>
    public InputSource.StepOutput Content(Link link) => (InputSource.StepOutput)Input(link, -1).Source;

    /// <summary>An input of a step.</summary>
    public Input Input(Link link, int place) => new(
        ArtifactPath.Parse($"i{Math.Abs(place)}.txt"),
        link.Node is { } number
            ? new InputSource.StepOutput(IdOf(Find(number)), ArtifactPath.Parse(Find(number).OutputName(link.Place % (place < 0 ? Find(number).Outputs : Find(number).AllOutputs))))
            : new InputSource.SourceFile(SourceName(link.Place)),
        ContentIdentity.Bytes,
        link.AsBytes);

    /// <summary>An input from another step.</summary>
    public static Input Input(string name, InputSource source) => new(ArtifactPath.Parse(name), source, ContentIdentity.Bytes);

    private Node Find(int number) => _nodes.Find(node => node.Number == number)!;

    private Link RandomLink(Choices choices) => _nodes.Count > 0 && choices.Next(3) > 0
        ? new Link(choices.Of(_nodes).Number, choices.Next(6), choices.Next(4) == 1)
        : new Link(null, choices.Next(Sources), false);
}
