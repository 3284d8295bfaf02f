using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Maintenance;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Payloads;

/// <summary>Whatever a line with a right checksum says, the store opens with it or refuses it: it never breaks later.</summary>
public sealed class HostilePayloadTests : IDisposable
{
    private static readonly string[] OtherValues = ["null", "1", "-1", "1e400", "\"\"", "\"a\\ud800b\"", "true", "[]", "[null]", "{}", "[{}]", "[[]]"];

    private readonly Workspace _workspace = Workspace.InMemory();

    public static TheoryData<int> Samples => [.. Enumerable.Range(0, PayloadTexts.All.Count)];

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [MemberData(nameof(Samples))]
    public void Open_LineWithAMemberLeftOutOrOfAnotherKind_IsKeptOrRefused(int number)
    {
        _workspace.Open().Using(store => store.Commit(Sample.Run(1)));
        var segment = _workspace.Segments().Single();
        var journal = File.ReadAllBytes(segment);
        foreach (var payload in Variants(PayloadTexts.All[number]).Where(IsRead))
        {
            Directory.Delete(_workspace.Store, recursive: true);
            Directory.CreateDirectory(_workspace.Journal);
            File.WriteAllBytes(segment, [.. journal, .. Line(payload)]);
            var problem = Record.Exception(OpenAndWriteTwice);
            Assert.True(problem is null, $"{payload}: {problem}");
        }
    }

    private void OpenAndWriteTwice()
    {
        for (var i = 1; i <= 2; i++)
        {
            using var store = _workspace.Open();
            store.Commit(Sample.State(i, i));
        }

        using (_workspace.Open())
        {
        }

        _ = StoreVerifier.Verify(_workspace.Root);
    }

    private static ReadOnlySpan<byte> Line(string payload)
    {
        var line = new ArrayBufferWriter<byte>();
        LineFrame.Write(Encoding.UTF8.GetBytes(payload), line);
        return line.WrittenSpan;
    }

    private static bool IsRead(string payload)
    {
        try
        {
            var entry = EntryCodec.Read(Encoding.UTF8.GetBytes(payload), "here");
            EntryCodec.Write(entry, new ArrayBufferWriter<byte>());
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    /// <summary>The payload with each member, at any depth, left out once, and replaced by each of the other values.</summary>
    private static IEnumerable<string> Variants(string payload)
    {
        var count = Places(JsonNode.Parse(payload)!["data"]!).Count();
        for (var i = 0; i < count; i++)
        {
            foreach (var value in OtherValues.Prepend(null))
            {
                var root = JsonNode.Parse(payload)!;
                var (parent, name) = Places(root["data"]!).ElementAt(i);
                parent.Remove(name);
                var text = root.ToJsonString();
                if (value is not null)
                {
                    const string Mark = "\"\\u0001mark\"";
                    parent[name] = "\u0001mark";
                    text = root.ToJsonString().Replace(Mark, value, StringComparison.Ordinal);
                }

                yield return text;
            }
        }
    }

    private static IEnumerable<(JsonObject Parent, string Name)> Places(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => Places(member.Value!).Prepend((members, member.Key))),
        JsonArray elements => elements.Take(1).SelectMany(element => Places(element!)),
        _ => [],
    };
}
