namespace ScaleMs.Storm;

/// <summary>Damages what a machine may damage. As root a read-only blob is written all the same.</summary>
internal static class Damage
{
    /// <summary>Damages something, as far as the workspace is one where that is done.</summary>
    /// <returns>What was done, for the message of a finding.</returns>
    public static string Do(Space space, Random random) => space.Harm switch
    {
        Harm.Journal => OfJournal(space, random),
        Harm.Blobs => OfBlobs(space, random),
        _ => random.Next(5) switch
        {
            0 => Delete(Path.Combine(space.Store, "index")),
            1 => Published(space, random) is { } published ? Delete(published) : "nothing",
            _ => "nothing",
        },
    };

    private static string OfJournal(Space space, Random random)
    {
        var index = Path.Combine(space.Store, "index");
        return (random.Next(5), Segment(space, random)) switch
        {
            (0, { } segment) => Flip(segment, random),
            (1 or 2, { } segment) => Cut(segment, random),
            (3, _) => File.Exists(index) ? Flip(index, random) : "nothing",
            _ => Delete(index),
        };
    }

    private static string OfBlobs(Space space, Random random)
    {
        var done = new List<string>();
        for (var count = random.Next(1, 4); count > 0 && Blob(space, random) is { } blob; count--)
        {
            done.Add(random.Next(4) switch
            {
                0 => Delete(blob),
                1 => Cut(blob, random),
                2 => FlipUnseen(blob, random),
                _ => Flip(blob, random),
            });
        }

        return string.Join(", ", done);
    }

    private static string Flip(string file, Random random)
    {
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserWrite);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        if (stream.Length == 0)
        {
            return "nothing";
        }

        var at = random.NextInt64(stream.Length);
        stream.Position = at;
        var now = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(now ^ (1 << random.Next(8))));
        return $"flipped byte {at} of {file}";
    }

    /// <summary>With the former time stamp put back.</summary>
    private static string FlipUnseen(string file, Random random)
    {
        var stamp = File.GetLastWriteTimeUtc(file);
        var done = Flip(file, random);
        File.SetLastWriteTimeUtc(file, stamp);
        return done + " and put its time back";
    }

    private static string Cut(string file, Random random)
    {
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserWrite);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        var cut = random.NextInt64(1, 600);
        stream.SetLength(Math.Max(0, stream.Length - cut));
        return $"cut {cut} bytes off {file}";
    }

    private static string Delete(string file)
    {
        if (!File.Exists(file))
        {
            return "nothing";
        }

        File.Delete(file);
        return $"deleted {file}";
    }

    private static string? Segment(Space space, Random random) => AnyOf(Path.Combine(space.Store, "journal"), random);

    private static string? Blob(Space space, Random random) => AnyOf(Path.Combine(space.Store, "blobs", "sha256"), random);

    private static string? Published(Space space, Random random) => AnyOf(Path.Combine(space.Root, "results"), random);

    private static string? AnyOf(string folder, Random random)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length == 0 ? null : files[random.Next(files.Length)];
    }
}
