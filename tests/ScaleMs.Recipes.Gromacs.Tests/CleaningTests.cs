using System.Security.Cryptography;
using System.Text;
using Simulate;

namespace ScaleMs.Recipes.Gromacs.Tests;

public sealed class CleaningTests
{
    [Fact]
    public void Clean_PublishedFiles_AreRemovedWithTheStoresBytes()
    {
        using var space = new TestSpace();
        Publish(space, "results/ensemble.csv", "a table");
        Publish(space, "results/replicas/replica-12/prod.xtc", "frames");
        var (removed, kept) = Cleaning.Clean(space.Directory);
        Assert.Equal(2, removed);
        Assert.Empty(kept);
        Assert.False(Directory.Exists(space.Path("results")));
        Assert.False(Directory.Exists(space.Path(".scalems/blobs/sha256")));
    }

    [Fact]
    public void Clean_FilesOfTheUsers_Stay()
    {
        using var space = new TestSpace();
        Publish(space, "results/ensemble.csv", "a table");
        File.AppendAllText(space.Path("results/ensemble.csv"), "edited");
        Publish(space, "results/my copy.csv", "a table");
        Write(space, "results/replicas/replica-0/notes.txt", "good run");
        Write(space, ".scalems/journal/1", "records");
        Publish(space, "elsewhere/ensemble.csv", "a table");
        Directory.CreateSymbolicLink(space.Path("results/plots"), space.Path("elsewhere"));
        var (removed, kept) = Cleaning.Clean(space.Directory);
        Assert.Equal(0, removed);
        Assert.Equal(["ensemble.csv", "my copy.csv", "notes.txt"], kept.Select(Path.GetFileName));
        Assert.True(File.Exists(space.Path("elsewhere/ensemble.csv")));
        Assert.True(File.Exists(space.Path(".scalems/journal/1")));
    }

    [Fact]
    public void Clean_NothingThere_RemovesNothing()
    {
        using var space = new TestSpace();
        Assert.Equal(0, Cleaning.Clean(space.Directory).Removed);
    }

    private static void Publish(TestSpace space, string path, string text)
    {
        Write(space, path, text);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        Write(space, $".scalems/blobs/sha256/{digest[..2]}/{digest[2..]}", text);
    }

    private static void Write(TestSpace space, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(space.Path(path))!);
        File.WriteAllText(space.Path(path), text);
    }
}
