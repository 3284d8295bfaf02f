using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs.Tests;

/// <summary>Files beside the tests, and directories of their own for tests that write.</summary>
internal static class TestFiles
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "TestData", name);

    public static string Text(string name) => File.ReadAllText(Path(name));

    /// <summary>Lines as a launcher gives them: split at line feeds and carriage returns.</summary>
    public static string[] Lines(string name) => Text(name).Split('\n', '\r');

    public static Digest Identity(this ContentIdentity identity, string text)
    {
        var digester = identity.Start();

        // Pieces that end anywhere, as files are read.
        foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(1000))
        {
            digester.Append(piece);
        }

        return digester.Finish();
    }
}

/// <summary>A directory that goes with the test.</summary>
internal sealed class TestSpace : IDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("scalems-gromacs-").FullName;

    public StepFiles Files => new(Directory, CancellationToken.None);

    public string Path(string name) => System.IO.Path.Combine(Directory, name);

    public string Text(string name) => File.ReadAllText(Path(name));

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
