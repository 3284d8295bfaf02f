using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Tests.Support;

/// <summary>A workspace in a temporary folder, with what the tests do to a store's files behind its back.</summary>
public sealed class Workspace : IDisposable
{
    public Workspace(string? root = null)
    {
        Root = root ?? System.IO.Directory.CreateTempSubdirectory("scalems-store-").FullName;
    }

    /// <summary>A workspace without a disk behind it where there is one, for tests that make hundreds.</summary>
    public static Workspace InMemory()
    {
        const string Memory = "/dev/shm";
        return new Workspace(System.IO.Directory.Exists(Memory) ? System.IO.Directory.CreateDirectory($"{Memory}/scalems-{Guid.NewGuid():N}").FullName : null);
    }

    public string Root { get; private set; }

    public string Store => Path.Combine(Root, ".scalems");

    public string Journal => Path.Combine(Store, "journal");

    public string Index => Path.Combine(Store, "index");

    public static OpenOptions Options(string bootId = "boot", TimeProvider? clock = null) =>
        new() { HostName = "node-7", BootId = bootId, CommandLine = "dotnet test", Clock = clock ?? TimeProvider.System };

    public FileStore Open(OpenOptions? options = null) => FileStore.Open(Root, options ?? Options());

    public string[] Segments() => [.. System.IO.Directory.GetFiles(Journal, "*.log").Order(StringComparer.Ordinal)];

    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>What another machine would find if this one stopped now: a copy of the store without its lock.</summary>
    public Workspace CrashImage()
    {
        var image = new Workspace();
        foreach (var folder in System.IO.Directory.GetDirectories(Store, "*", SearchOption.AllDirectories))
        {
            System.IO.Directory.CreateDirectory(folder.Replace(Root, image.Root, StringComparison.Ordinal));
        }

        System.IO.Directory.CreateDirectory(image.Store);
        foreach (var file in System.IO.Directory.GetFiles(Store, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            new PhysicalDisk().Copy(file, file.Replace(Root, image.Root, StringComparison.Ordinal), executable: false);
        }

        return image;
    }

    public void MoveTo(string root)
    {
        System.IO.Directory.Move(Root, root);
        Root = root;
    }

    public void Dispose() => new PhysicalDisk().Delete(Root);
}
