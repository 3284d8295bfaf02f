[assembly: AssemblyFixture(typeof(ScaleMs.Packages.Tests.PackedRepository))]

namespace ScaleMs.Packages.Tests;

/// <summary>The packages as <c>./build.sh --target=pack</c> makes them, once for all tests.</summary>
public sealed class PackedRepository : IAsyncLifetime
{
    // git would not look into a checkout of another user.
    private static readonly Dictionary<string, string?> Environment = new(StringComparer.Ordinal)
    {
        ["MSBUILDDISABLENODEREUSE"] = "1", ["GIT_OPTIONAL_LOCKS"] = "0",
        ["GIT_CONFIG_COUNT"] = "1", ["GIT_CONFIG_KEY_0"] = "safe.directory", ["GIT_CONFIG_VALUE_0"] = "*",
    };

    internal string Folder { get; } = Path.Combine(Repository.Root, "artifacts", "packages");

    /// <summary>The stand-in for Cake.Frosting that the packages were compiled against.</summary>
    internal string StandIn { get; } = Path.Combine(Repository.Root, "artifacts", "pack", "bin", "ScaleMs.Frosting", "release", "Cake.Frosting.dll");

    internal IReadOnlyList<Package> Packages { get; private set; } = [];

    internal Package this[string id] => Assert.Single(Packages, package => package.Id == id);

    public async ValueTask InitializeAsync()
    {
        await Pack(Repository.Root);
        Packages = [.. Directory.GetFiles(Folder, "*.nupkg").Order(StringComparer.Ordinal).Select(Package.Read)];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Makes the packages of a checkout.</summary>
    internal static async Task Pack(string checkout) => (await Command.Run(checkout, Environment, "bash", "build.sh", "--target=pack")).Succeeded();

    /// <summary>The same commit with the same edits in another folder.</summary>
    internal static async Task<string> Copy(string folder)
    {
        (await Git(Path.GetTempPath(), "clone", "--quiet", Repository.Root, folder)).Succeeded();
        foreach (var file in await Edited())
        {
            Mirror(Path.Combine(Repository.Root, file), Path.Combine(folder, file));
        }

        return folder;
    }

    private static void Mirror(string source, string target)
    {
        File.Delete(target);
        if (File.Exists(source))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }
    }

    private static async Task<IEnumerable<string>> Edited()
    {
        var changed = (await Git(Repository.Root, "diff", "HEAD", "--name-only", "--no-renames", "-z")).Succeeded().Output;
        var unknown = (await Git(Repository.Root, "ls-files", "--others", "--exclude-standard", "-z")).Succeeded().Output;
        return (changed + unknown).Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Task<Command> Git(string folder, params string[] arguments) => Command.Run(folder, Environment, "git", arguments);
}
