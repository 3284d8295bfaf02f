using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Remote;

/// <summary>Outputs that a client was taking when it was killed: they become again what the node left.</summary>
/// <remarks>A file that was moved away is copied back by its digest; one that was about to be moved has its mode again.</remarks>
internal static class TakenOutputs
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Puts back what is not in the private directory; nothing where the attempt is not taken over.</summary>
    /// <param name="request">What was run.</param>
    /// <param name="outputs">What the node said that it left.</param>
    /// <exception cref="SiteException">This disk refuses.</exception>
    internal static void PutBack(LaunchRequest request, IReadOnlyList<AttemptOutput> outputs)
    {
        if (!request.IsTakenOver)
        {
            return;
        }

        try
        {
            foreach (var output in outputs.Where(output => output.Kind == AttemptOutputKind.File && !IsBelowLink(request.Directory, output.Path)))
            {
                PutBack(request, output);
            }
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new SiteException($"an output cannot be written here: {trouble.Message}");
        }
    }

    private static void PutBack(LaunchRequest request, AttemptOutput output)
    {
        var path = Path.Combine(request.Directory, output.Path.Value);
        if (new FileInfo(path) is { Exists: true, LinkTarget: null } left)
        {
            Mend(left, output);
        }
        else if (!Path.Exists(path) && request.FindTaken(output.Digest) is { } taken)
        {
            CopyBack(taken, path, beside: request.Directory + ".taken", output);
        }
    }

    /// <summary>By way of a name outside the directory, where a copy that is cut short is taken for no output.</summary>
    private static void CopyBack(string taken, string path, string beside, AttemptOutput output)
    {
        File.Delete(beside); // one that was cut short can be read only, as the blob
        File.Copy(taken, beside);
        SetMode(beside, output.IsExecutable ? Plain | Execute : Plain);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(beside, path);
    }

    private static void Mend(FileInfo left, AttemptOutput output)
    {
        if (!OperatingSystem.IsWindows() && output.IsExecutable && !left.UnixFileMode.HasFlag(UnixFileMode.UserExecute))
        {
            left.UnixFileMode |= Execute;
        }
    }

    private static void SetMode(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }

    /// <summary>Nothing is written through a link, which may lead anywhere.</summary>
    private static bool IsBelowLink(string directory, ArtifactPath path)
    {
        for (var folder = Path.GetDirectoryName(path.Value); folder is { Length: > 0 }; folder = Path.GetDirectoryName(folder))
        {
            if (new DirectoryInfo(Path.Combine(directory, folder)).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}
