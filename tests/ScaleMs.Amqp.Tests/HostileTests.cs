using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Files;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Amqp.Tests;

/// <summary>Nothing that a worker, a client or the broker says is believed unchecked, and each refusal says what is wrong.</summary>
public sealed class HostileTests(RabbitNode node)
{
    public static TheoryData<string, string> Lies => new()
    {
        { """{"path":"../escaped","digest":"$D","bytes":1,"content":"eA=="}""", "'../escaped'" },
        { """{"path":"/tmp/escaped","digest":"$D","bytes":1,"content":"eA=="}""", "'/tmp/escaped'" },
        { """{"path":"other","digest":"$D","bytes":1,"content":"eA=="}""", "'other' is no output of the step" },
        { """{"path":"out","digest":"$D","bytes":1,"content":"eQ=="}""", "'out' has other bytes than its digest says" },
        { """{"path":"out","digest":"$D","bytes":9223372036854775807}""", "at most" },
        { """{"path":"out","digest":"../../../etc/passwd","bytes":1}""", "is no digest of a blob" },
        { """{"path":"out","digest":"$D","bytes":7}""", "cannot be had" },
        { """{"path":"tree/l","kind":"Link","link":"../../../../etc"}""", "leads outside" },
        { """{"path":"tree/l","kind":"Link","link":"/etc"}""", "leads outside" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Result_ThatLiesAboutAFile_IsRefusedWithTheReason(string entry, string reason)
    {
        await using var space = FarmSpace.New(node);
        await using var client = space.Client();
        var request = space.Request("true", "out", "tree/");
        var running = client.RunAsync(request, null, CancellationToken.None);
        await using var impostor = await Impostor.JoinAsync(space);
        var action = await impostor.TakeAsync();
        await impostor.ReplyAsync(action, $$$"""{"outputs":{"entries":[{{{entry.Replace("$D", Digest.OfText("x").Hex, StringComparison.Ordinal)}}}]}}""");
        var result = await running;
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains(reason, result.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(request.Directory));
        Assert.False(File.Exists("/tmp/escaped"));
    }

    [Fact]
    public async Task Blob_WithMoreBytesThanWereSaid_IsRefused()
    {
        await using var space = FarmSpace.New(node);
        await using var client = space.Client();
        var request = space.Request("true", "out");
        var running = client.RunAsync(request, null, CancellationToken.None);
        await using var impostor = await Impostor.JoinAsync(space);
        var action = await impostor.TakeAsync();
        var digest = Digest.OfText("x").Hex;
        var place = new DirectoryBlobs(space.Blobs).PlaceOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllText(place, new string('x', 1_000_000));
        await impostor.ReplyAsync(action, $$$"""{"outputs":{"entries":[{"path":"out","digest":"{{{digest}}}","bytes":1}]}}""");
        var result = await running;
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains("more than the 1 bytes that were said", result.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(request.Directory));
    }

    [Fact]
    public async Task Results_OfAnotherActionReplayedOrUnreadable_AreIgnoredAndTold()
    {
        await using var space = FarmSpace.New(node);
        await using var client = space.Client();
        var running = client.RunAsync(space.Request("true"), null, CancellationToken.None);
        await using var impostor = await Impostor.JoinAsync(space);
        var action = await impostor.TakeAsync();
        await impostor.ReplyAsync(action, """{"key":"another"}""");
        await impostor.ReplyAsync(action, $$"""{"id":"{{Guid.NewGuid():N}}"}""");
        await impostor.SendAsync(action.ReplyTo, "garbage");
        await impostor.ReplyAsync(action, """{"exitCode":3}""");
        Assert.Equal(3, (await running).ExitCode);
        await impostor.ReplyAsync(action, """{"exitCode":4}""");
        string[] expected = ["a result of another action", "which nobody waits for", "cannot be read"];
        await Poll.UntilAsync(() => expected.All(text => space.Notices.Any(notice => notice.Contains(text, StringComparison.Ordinal)))
            && space.Notices.Count(notice => notice.Contains("which nobody waits for", StringComparison.Ordinal)) == 2);
    }

    [Fact]
    public async Task Action_OfAnotherProtocol_IsRefusedByName()
    {
        await using var space = FarmSpace.New(node);
        await using var client = space.Client();
        var running = client.RunAsync(space.Request("true"), null, CancellationToken.None);
        await using var impostor = await Impostor.JoinAsync(space);
        var action = await impostor.TakeAsync();
        var worker = space.StartWorker();
        await impostor.SendAsync(impostor.Queue, """{"protocol":"scalems-farm/99"}""", new BasicProperties { MessageId = action.Id, ReplyTo = action.ReplyTo, Headers = new Dictionary<string, object?> { ["scalems-key"] = action.Key } });
        var result = await running;
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.Contains("'scalems-farm/99'", result.Message, StringComparison.Ordinal);
        Assert.Contains($"'{Wire.Version}'", result.Message, StringComparison.Ordinal);
        Assert.Equal(1, worker.Tally.Refused);
    }

    [Fact]
    public async Task Worker_OfAnotherProtocol_IsRefusedByName()
    {
        await using var space = FarmSpace.New(node);
        await using var client = space.Client();
        var running = client.RunAsync(space.Request("true"), null, CancellationToken.None);
        await using var impostor = await Impostor.JoinAsync(space);
        var action = await impostor.TakeAsync();
        await impostor.SendAsync(action.ReplyTo, """{"protocol":"scalems-farm/99"}""", new BasicProperties { CorrelationId = action.Id });
        var result = await running;
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.Contains("'scalems-farm/99'", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Action_WithAPathThatLeavesTheFolder_LeavesNothingOutside()
    {
        await using var space = FarmSpace.New(node);
        await using var client = space.Client();
        var running = client.RunAsync(space.Request("true"), null, CancellationToken.None);
        await using var impostor = await Impostor.JoinAsync(space);
        var action = await impostor.TakeAsync();
        var message = JsonNode.Parse(Wire.Bytes(action))!.AsObject();
        message["inputs"] = JsonNode.Parse($$"""{"entries":[{"path":"../../../escaped","digest":"{{Digest.OfText("x").Hex}}","bytes":1,"content":"eA=="}]}""");
        space.StartWorker();
        await impostor.SendAsync(impostor.Queue, message.ToJsonString(), new BasicProperties { MessageId = action.Id, ReplyTo = action.ReplyTo });
        var result = await running;
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains("'../../../escaped'", result.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(space.Root, "escaped", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Step_ThatPrintsASecret_LeavesNoneInTheLogNorInTheBlobPlaceInline()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker();
        await using var client = space.Client();
        var lines = new List<string>();
        var request = space.Request("echo the secret is $TOKEN") with
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["TOKEN"] = "hunter2-hunter2" },
            LogFilter = new Masking("hunter2-hunter2"),
        };
        Assert.Equal(LaunchEnd.Exited, (await client.RunAsync(request, lines.Add, CancellationToken.None)).End);
        Assert.Equal("the secret is ***\n", File.ReadAllText(request.LogFile));
        Assert.Equal(["the secret is ***"], lines);
        Assert.DoesNotContain(space.Notices, notice => notice.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Step_ThatPrintsALot_KeepsItsWholeLogAndLittleMemory()
    {
        const long bytes = 200L << 20;
        await using var space = FarmSpace.New(node);
        space.StartWorker();
        await using var client = space.Client();
        var request = space.Request($"head -c {bytes} /dev/zero");
        var before = GC.GetTotalAllocatedBytes();
        Assert.Equal(LaunchEnd.Exited, (await client.RunAsync(request, null, CancellationToken.None)).End);
        Assert.Equal(bytes, new FileInfo(request.LogFile).Length);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, bytes / 4);
    }

    [Fact]
    public void Content_LongerThanItsEntrySays_IsNotTaken()
    {
        var receiver = new FileReceiver((_, _, _, _) => throw new NotSupportedException(), mostBytes: 4);
        var content = "much more"u8.ToArray();
        var entry = new FileEntry { Path = "log", Content = content, Digest = Digest.Of(content).Hex };
        Assert.Throws<BlobException>(() => receiver.ContentOf(entry with { Bytes = 1 }));
        Assert.Throws<BlobException>(() => receiver.ContentOf(entry with { Bytes = content.Length }));
        Assert.Equal("some"u8.ToArray(), receiver.ContentOf(new FileEntry { Path = "log", Bytes = 4, Content = "some"u8.ToArray(), Digest = Digest.OfText("some").Hex }));
    }

    private sealed class Masking(string secret) : ILogFilter
    {
        private readonly List<byte> _held = [];

        public void Pass(ReadOnlySpan<byte> bytes, System.Buffers.IBufferWriter<byte> log) => _held.AddRange(bytes);

        public void End(System.Buffers.IBufferWriter<byte> log) =>
            System.Buffers.BuffersExtensions.Write(log, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString([.. _held]).Replace(secret, "***", StringComparison.Ordinal)));
    }
}
