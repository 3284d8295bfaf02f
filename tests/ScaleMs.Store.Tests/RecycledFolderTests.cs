using System.Runtime.InteropServices;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Tests;

/// <summary>A folder that is made out of a former one has the access rules of a new one.</summary>
public sealed partial class RecycledFolderTests : IDisposable
{
    private const string DefaultRules = "system.posix_acl_default";
    private readonly string _root = Directory.CreateTempSubdirectory("scalems-folder-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(5, true)]
    [InlineData(7, false)]
    public void TryRecycle_WhereTheParentPassesRulesOn_OnlyWithThose(byte permissions, bool isRecycled)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && TrySetRules(_root, 5), "no access control lists here");
        var former = Directory.CreateDirectory(Path.Combine(_root, "former")).FullName;
        Assert.True(TrySetRules(former, permissions));

        var spares = new PhysicalDisk().TryRecycle(former, Path.Combine(_root, "new"), new RecycleOrder(["files"], "log", 1));
        Assert.Equal(isRecycled, spares is not null);
    }

    /// <summary>Sets what new entries of a folder get: one more user beside the owner, the group and the others.</summary>
    private static bool TrySetRules(string folder, byte permissions)
    {
        byte[] rules =
        [
            2, 0, 0, 0,
            1, 0, 7, 0, 255, 255, 255, 255,
            2, 0, permissions, 0, 254, 255, 0, 0,
            4, 0, 5, 0, 255, 255, 255, 255,
            16, 0, 7, 0, 255, 255, 255, 255,
            32, 0, 5, 0, 255, 255, 255, 255,
        ];
        return SetAttribute(folder, DefaultRules, rules, (nuint)rules.Length, 0) == 0;
    }

    [LibraryImport("libc", EntryPoint = "setxattr", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetAttribute(string path, string name, byte[] value, nuint size, int flags);
}
