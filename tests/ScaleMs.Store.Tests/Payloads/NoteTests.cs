using System.Text;
using ScaleMs.Store.Cache;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Locking;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Payloads;

public sealed class NoteTests : IDisposable
{
    private const string OwnerText =
        """
        {
          "host": "node \u03C0",
          "bootId": "b\u002B\u003C\u003E\u0026",
          "pid": 7,
          "started": "2026-03-01T12:00:00+02:00",
          "command": "x \u0027y\u0027 \u0022z\u0022\n",
          "processSpace": "pid:[1]",
          "startTicks": 99
        }
        """;

    private const string LeaseText =
        """{"host":"node \u03C0","bootId":"b\u002B\u003C\u003E\u0026","processSpace":"","processId":7,"startTicks":-1,"beganNs":9223372036854775807}""";

    private static readonly Owner Owner = new("node π", "b+<>&", 7, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)), "x 'y' \"z\"\n", "pid:[1]", 99);
    private static readonly LeaseNote Lease = new("node π", "b+<>&", "", 7, -1, long.MaxValue);
    private readonly Workspace _workspace = new();
    private readonly StoreLayout _layout;

    public NoteTests()
    {
        System.IO.Directory.CreateDirectory(_workspace.Store);
        _layout = StoreLayout.Of(Path.GetDirectoryName(_workspace.Store)!, Path.GetFileName(_workspace.Store));
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Owner_Written_HasTheFormOfAllVersions()
    {
        Owner.Write(_layout);
        Assert.Equal(OwnerText, File.ReadAllText(_layout.OwnerFile));
        Assert.Equal(Owner, Owner.TryRead(_layout));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"pid\":\"7\"}")]
    [InlineData("{\"pid\":7}}")]
    [InlineData("{\"pid\":7")]
    [InlineData("{\"started\":\"now\"}")]
    public void Owner_NotReadable_IsNobody(string text)
    {
        File.WriteAllText(_layout.OwnerFile, text);
        Assert.Null(Owner.TryRead(_layout));
    }

    [Fact]
    public void Owner_OfNewerVersion_IsReadWithoutWhatItAdds()
    {
        File.WriteAllText(_layout.OwnerFile, OwnerText.Replace("\"pid\": 7,", "\"pid\": 7, \"user\": {\"name\": [1]},", StringComparison.Ordinal));
        Assert.Equal(Owner, Owner.TryRead(_layout));
    }

    [Fact]
    public void Owner_OfOlderVersion_IsReadWithoutWhatItLacks()
    {
        File.WriteAllText(_layout.OwnerFile, """{"host":"node","bootId":"b","pid":7,"started":"2026-03-01T12:00:00+02:00","command":"x"}""");
        Assert.Equal((7, string.Empty, 0), Owner.TryRead(_layout) is { } read ? (read.Pid, read.ProcessSpace, read.StartTicks) : default);
    }

    [Fact]
    public void Lease_Written_HasTheFormOfAllVersions()
    {
        Assert.Equal(LeaseText, Encoding.UTF8.GetString(Lease.Encode()));
        Assert.Equal(Lease, LeaseNote.TryDecode(Lease.Encode()));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"host\":1}")]
    [InlineData("{\"startTicks\":9223372036854775808}")]
    public void Lease_NotReadable_IsNobodys(string text) => Assert.Null(LeaseNote.TryDecode(Encoding.UTF8.GetBytes(text)));
}
