using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Lammps.Tests;

/// <summary>Files beside the tests: what a real LAMMPS read and wrote.</summary>
internal static class TestFiles
{
    public static string Text(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "TestData", name));

    public static Digest Of(ContentIdentity identity, string text)
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
