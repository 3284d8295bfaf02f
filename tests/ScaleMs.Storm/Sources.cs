namespace ScaleMs.Storm;

/// <summary>The source files, each in one of a few versions, so that the same sources come again and with them the same results.</summary>
internal sealed class Sources
{
    public const string Common = "in/common.txt";
    public const string Note = "in/note.txt";
    private const int Versions = 3;

    private readonly SortedDictionary<string, int> _versions = new(StringComparer.Ordinal);

    public Sources()
    {
        foreach (var path in Enumerable.Range(0, Study.Members).Select(Seed).Append(Common).Append(Note))
        {
            _versions[path] = 0;
        }
    }

    public static string Seed(int member) => $"in/seed-{member}.txt";

    /// <summary>Equal for equal sources.</summary>
    public string Fingerprint => string.Join(',', _versions.Values);

    /// <summary>Writes them all into a new workspace.</summary>
    public void WriteAll(string workspace)
    {
        foreach (var path in _versions.Keys)
        {
            Write(workspace, path);
        }
    }

    /// <summary>Edits one to three of them in place; at least one becomes another.</summary>
    public void Edit(string workspace, Random random)
    {
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var path = _versions.Keys.ElementAt(random.Next(_versions.Count));
            _versions[path] = (_versions[path] + random.Next(1, Versions)) % Versions;
            Write(workspace, path);
        }
    }

    // Every version has one length, so that only time stamps and content tell; the last version begins as the one before it.
    private void Write(string workspace, string path)
    {
        var version = _versions[path];
        var file = Path.Combine(workspace, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, $"first {path} {(version == 2 ? 1 : version)}\n" + string.Concat(Enumerable.Repeat($"line of version {version}\n", 5)));
    }
}
