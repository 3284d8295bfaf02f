using System.Text.Json;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class SummaryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scalems-summary-").FullName;

    private string File => Path.Combine(_folder, "deep", "summary.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Summary_All_HasExactlyTheMembersOfTheContract()
    {
        SummaryWriter.WriteAll(new Script().KeepGoing().Summary("failed"), File);
        var root = Read();
        AssertMembers(root, ("run", 's'), ("target", 's'), ("outcome", 's'), ("wallSeconds", 'n'), ("counts", 'o'), ("steps", 'a'));
        AssertMembers(
            root.GetProperty("counts"),
            ("upToDate", 'n'), ("restored", 'n'), ("executed", 'n'), ("failed", 'n'), ("blocked", 'n'), ("skipped", 'n'), ("cancelled", 'n'));
        Assert.Equal(5, root.GetProperty("steps").GetArrayLength());
        foreach (var step in root.GetProperty("steps").EnumerateArray())
        {
            var metrics = step.GetProperty("attempts").GetInt32() > 0 ? 'o' : '0';
            var failure = step.GetProperty("outcome").GetString() == "Failed" ? 'o' : '0';
            AssertMembers(
                step,
                ("id", 's'), ("task", 's'), ("outcome", 's'), ("reason", 's'), ("key", 's'), ("wallSeconds", 'n'), ("attempts", 'n'),
                ("launcher", 's'), ("outputs", 'a'), ("metrics", metrics), ("failure", failure));
        }

        AssertMembers(Step(root, "simulate/mdrun[replica=1]").GetProperty("outputs")[0], ("path", 's'), ("digest", 's'), ("bytes", 'n'));
        AssertMembers(
            Step(root, "simulate/mdrun[replica=1]").GetProperty("metrics"),
            ("waitSeconds", 'n'), ("cpuSeconds", 'n'), ("peakMemoryBytes", 'n'), ("inputBytes", 'n'), ("outputBytes", 'n'));
        AssertMembers(Step(root, "simulate/mdrun[replica=3]").GetProperty("failure"), ("class", 's'), ("exitCode", 'n'), ("message", 's'));
    }

    [Fact]
    public void Summary_All_IsStable()
    {
        SummaryWriter.WriteAll(new Script().OneChange().Summary(), File);
        Snapshot.Match(System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Summary_OfManyInstances_IsWrittenInPiecesAndWhole()
    {
        var summary = new Script().OneChange().Summary();
        SummaryWriter.WriteAll(summary with { Steps = [.. Enumerable.Repeat(summary.Steps[0], 2_000)] }, File);

        Assert.Equal(2_000, Read().GetProperty("steps").GetArrayLength());
    }

    [Fact]
    public void Summary_NullRun_AllHoldsEveryInstance()
    {
        SummaryWriter.WriteAll(new Script().NullRun().Summary(), File);
        Assert.Equal(36, Read().GetProperty("steps").GetArrayLength());
        Assert.Equal(36, Read().GetProperty("counts").GetProperty("upToDate").GetInt32());
    }

    [Fact]
    public void Summary_Changed_LeavesOutWhatWasUpToDate()
    {
        SummaryWriter.WriteChanged(new Script().OneChange().Summary(), File);
        var ids = Read().GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("id").GetString());
        Assert.Equal(["simulate/mdrun[replica=2]", "analyse/table"], ids);
        Assert.Equal(3, Read().GetProperty("counts").GetProperty("upToDate").GetInt32());
    }

    [Fact]
    public void Summary_FileStandsThere_IsReplacedWhole()
    {
        SummaryWriter.WriteAll(new Script().NullRun().Summary(), File);
        SummaryWriter.WriteChanged(new Script().NullRun().Summary(), File);
        Assert.Empty(Read().GetProperty("steps").EnumerateArray());
        Assert.Equal([File], Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public void Summary_PathIsALink_ReplacesWhatItPointsTo()
    {
        var target = Path.Combine(_folder, "target.json");
        var link = Path.Combine(_folder, "link.json");
        System.IO.File.WriteAllText(target, "old");
        System.IO.File.CreateSymbolicLink(link, target);
        SummaryWriter.WriteAll(new Script().NullRun().Summary(), link);
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.StartsWith("{", System.IO.File.ReadAllText(target), StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_InSharedMemory_IsAFileLikeAnyOther()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "there is no /dev/shm here");
        var file = Path.Combine("/dev/shm", $"scalems-{Guid.NewGuid():N}.json");
        SummaryWriter.WriteAll(new Script().NullRun().Summary(), file);
        Assert.StartsWith("{", System.IO.File.ReadAllText(file), StringComparison.Ordinal);
        System.IO.File.Delete(file);
    }

    [Fact]
    public void Summary_PathIsADevice_LeavesTheDevice()
    {
        SummaryWriter.WriteAll(new Script().NullRun().Summary(), "/dev/null");
        using var device = System.IO.File.OpenRead("/dev/null");
        Assert.Equal(-1, device.ReadByte());
    }

    [Fact]
    public void Summary_PathIsAFolder_FailsAndLeavesNothing()
    {
        Directory.CreateDirectory(File);
        Assert.ThrowsAny<Exception>(() => SummaryWriter.WriteAll(new Script().NullRun().Summary(), File));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    private JsonElement Read() => JsonDocument.Parse(System.IO.File.ReadAllText(File)).RootElement;

    private static JsonElement Step(JsonElement root, string id) =>
        root.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("id").GetString() == id);

    private static void AssertMembers(JsonElement element, params (string Name, char Kind)[] members) =>
        Assert.Equal(members, element.EnumerateObject().Select(member => (member.Name, KindOf(member.Value))));

    private static char KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => 's',
        JsonValueKind.Number => 'n',
        JsonValueKind.Object => 'o',
        JsonValueKind.Array => 'a',
        JsonValueKind.Null => '0',
        _ => '?',
    };
}
