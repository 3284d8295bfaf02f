using System.Security.Cryptography;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>A file in the workspace that the other side must see, and answer with one of its own.</summary>
internal sealed class SharedProbe : IDisposable
{
    private static readonly TimeSpan MostDelay = TimeSpan.FromSeconds(15);
    private readonly string _text = RandomNumberGenerator.GetHexString(32);

    private SharedProbe(string path) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    private string There => Path + ".there";

    /// <summary>Writes a file.</summary>
    /// <returns>The probe; where nothing can be written its file is missing, and is then told as one that nobody sees.</returns>
    public static SharedProbe Make(string workspace)
    {
        var probe = new SharedProbe(System.IO.Path.Combine(workspace, $".scalems-doctor-{RandomNumberGenerator.GetHexString(12, lowercase: true)}"));
        try
        {
            File.WriteAllText(probe.Path, probe._text);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            probe.Trouble = trouble.Message;
        }

        return probe;
    }

    /// <summary>Why the file could not be written; null when it was.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Whether both sides saw each other's file.</summary>
    public async Task<Finding[]> FindingsAsync(PlaceFindings findings, CancellationToken cancellation)
    {
        if (Trouble is not null)
        {
            return [findings.Fail("shared", $"'{Path}' cannot be written: {Trouble}", "make the workspace writable")];
        }

        return findings.Answer["seen"] == _text ? [await SeenAsync(findings, cancellation).ConfigureAwait(false)]
            : findings.IsAnswered ? [findings.Fail("shared", $"'{System.IO.Path.GetDirectoryName(Path)}' is another folder there, or none", "put the workspace on a file system that both see under one path, or write 'shared: false'")]
            : [];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            File.Delete(Path);
            File.Delete(There);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // The other side may own its file; it is small, and its name tells where it came from.
        }
    }

    private async Task<Finding> SeenAsync(PlaceFindings findings, CancellationToken cancellation)
    {
        if (findings.Answer["unwritten"] is { } file)
        {
            return findings.Fail("shared", $"the workspace is seen there, and '{file}' cannot be written", "is it mounted for reading only, or owned by another user?");
        }

        var waited = TimeSpan.Zero;
        for (var step = TimeSpan.FromMilliseconds(100); !IsThere() && waited < MostDelay; waited += step)
        {
            await Task.Delay(step, cancellation).ConfigureAwait(false);
        }

        return waited >= MostDelay ? findings.Fail("shared", FormattableString.Invariant($"what is written there is not seen here within {MostDelay.TotalSeconds:0} s"), "look at the file server, or write 'shared: false'")
            : findings.Answer["late"] is "0" && waited < TimeSpan.FromSeconds(1) ? findings.Ok("shared", "both sides see each other's files in the workspace")
            : findings.Warn("shared", "both sides see each other's files, and only after a while", "give 'file-delay' more than the delay of your file server");
    }

    private bool IsThere()
    {
        // Listing the folder makes a network file system look again.
        _ = Directory.GetFiles(System.IO.Path.GetDirectoryName(There)!, System.IO.Path.GetFileName(There));
        return File.Exists(There) && File.ReadAllText(There) == _text;
    }
}
