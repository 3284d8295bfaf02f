using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>What a client that was killed left among the temporary files.</summary>
public sealed class ControlFolderTests : IDisposable
{
    /// <summary>Above what a system gives a process.</summary>
    private const int Nobody = int.MaxValue;

    private readonly string _root = Directory.CreateTempSubdirectory("scalems-control-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void RemoveLeft_RemovesEmptyFoldersOfDeadProcessesAndNothingElse()
    {
        var dead = Make(ControlFolder.NameOf(Nobody) + "-abcdef");
        var connected = Make(ControlFolder.NameOf(Nobody) + "-ghijkl");
        File.WriteAllText(Path.Combine(connected, "socket"), string.Empty);
        string[] stay =
        [
            connected,
            Make(ControlFolder.NameOf(Environment.ProcessId) + "-abcdef"),
            Make($"scalems-ssh-1-{Nobody}-abcdef"), // another container's
            Make("scalems-ssh-abcdef"),
            Make("scalems-abcdef"),
        ];
        ControlFolder.RemoveLeft(_root);
        Assert.False(Directory.Exists(dead));
        Assert.All(stay, folder => Assert.True(Directory.Exists(folder), folder));
    }

    /// <summary>Connections do not depend on it.</summary>
    [Fact]
    public void RemoveLeft_OfAFolderThatCannotBeListed_RemovesNothing() => ControlFolder.RemoveLeft(Path.Combine(_root, "none"));

    private string Make(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
}
