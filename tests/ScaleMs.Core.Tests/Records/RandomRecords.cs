using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Core.Tests.Records;

/// <summary>Journals of every kind of record over few names, so that records meet and replace each other.</summary>
internal static class RandomRecords
{
    public static readonly StepId[] Steps = [new("a", "a"), new("a", "b", "r=1"), new("a", "b", "r=2")];

    public static readonly ActionKey[] Keys = [.. "klm".Select(name => new ActionKey(Digest.OfText($"{name}")))];

    private static readonly ArtifactPath[] Paths = [.. "xyz".Select(name => ArtifactPath.Parse($"results/{name}"))];

    public static List<StoreRecord> Of(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(60)).Select(i => Next(random, i))];
    }

    private static StoreRecord Next(Random random, int i)
    {
        var (step, key, path) = (Steps[random.Next(Steps.Length)], Keys[random.Next(Keys.Length)], Paths[random.Next(Paths.Length)]);
        return random.Next(8) switch
        {
            0 => new IntentRecord(step, key, $"work/{i}", $"r{i}", default),
            1 => new ActionResult { Key = key, Step = step, Outputs = [], Components = [], RunId = $"r{i}", FinishedAt = default },
            2 => new StepStateRecord(step, key, $"r{i}", default),
            3 => new FileFactRecord(path.Value, new FileStat(1, (ulong)i, i, i, i, 0x81A4), Digest.OfText($"{i}"), []),
            4 => new PublishedRecord(path, step, Digest.OfText($"{i}")),
            5 => new UnpublishedRecord(path),
            6 => new ToolFactRecord($"probe {random.Next(2)}", [], [new("version", $"{i}")]),
            _ => new RunRecord($"r{i}", "all", "done", default, i, i),
        };
    }
}
