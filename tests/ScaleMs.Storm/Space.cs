namespace ScaleMs.Storm;

/// <summary>What may be damaged on purpose in a workspace, besides the kills.</summary>
internal enum Harm
{
    /// <summary>Nothing that counts: no finished step may run again.</summary>
    None,

    /// <summary>As none, with a cache that is shared with other workspaces.</summary>
    Shared,

    /// <summary>Journal and index.</summary>
    Journal,

    /// <summary>Blobs.</summary>
    Blobs,
}

/// <summary>A workspace that lives through some kills.</summary>
internal sealed class Space : IDisposable
{
    private readonly string _folder;

    /// <param name="scratch">Where it is made.</param>
    /// <param name="number">Its number, for its name.</param>
    /// <param name="harm">What is damaged in it.</param>
    public Space(string scratch, int number, Harm harm)
    {
        _folder = Path.Combine(scratch, $"space-{number}");
        Harm = harm;
        Cache = harm == Harm.Shared ? Path.Combine(scratch, "cache") : null;
        Directory.CreateDirectory(Root);
        Sources.WriteAll(Root);
        File.WriteAllText(Ledger, string.Empty);
        File.WriteAllText(ToldFile, string.Empty);
    }

    public Harm Harm { get; }

    /// <summary>The shared cache; null for none.</summary>
    public string? Cache { get; }

    public Sources Sources { get; } = new();

    /// <summary>How many kills it has seen.</summary>
    public int Age { get; set; }

    /// <summary>Whether something was found in it, so that it stays for whoever looks into it.</summary>
    public bool IsKept { get; set; }

    public string Root => Path.Combine(_folder, "workspace");

    public string Store => Path.Combine(Root, ".scalems");

    /// <summary>Every execution's private directory, written by the steps themselves.</summary>
    public string Ledger => Path.Combine(_folder, "ledger");

    /// <summary>Every execution that the engine told, written before it went on.</summary>
    public string ToldFile => Path.Combine(_folder, "told");

    /// <summary>From now on the steps of this process and its children write to this ledger.</summary>
    public void TakeLedger() => Environment.SetEnvironmentVariable(Study.Ledger, Ledger);

    public HashSet<string> Told() => [.. File.ReadAllLines(ToldFile)];

    public void Tell(string name) => File.AppendAllText(ToldFile, name + "\n");

    public void Dispose()
    {
        if (!IsKept)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
