using System.Text;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Remote;

/// <summary>Roots on a disk that this machine sees.</summary>
internal sealed class FileView : IAttemptView
{
    private const int LongestHeartbeat = 64;

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> EndedAsync(IReadOnlyCollection<string> parents, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([.. parents.SelectMany(parent => Names(Path.Combine(parent, AttemptFiles.Ended)).Select(name => Path.Combine(parent, name)))]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AttemptSight>> LookAsync(IReadOnlyList<string> roots, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<AttemptSight>>([.. roots.Select(Look)]);

    /// <inheritdoc/>
    public Task<string> ReadResultAsync(string root, CancellationToken cancellation) =>
        Task.FromResult(Text(Path.Combine(root, AttemptFiles.Result), AttemptResult.LongestBytes));

    /// <inheritdoc/>
    public Task CancelAsync(IReadOnlyList<string> roots, CancellationToken cancellation)
    {
        foreach (var root in roots)
        {
            Try(() => File.WriteAllBytes(Path.Combine(root, AttemptFiles.Cancel), []));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> ClaimAsync(string root, CancellationToken cancellation)
    {
        const uint ownersOnly = 0b111_000_000;
        return Task.FromResult(LibC.MakeDirectory(Path.Combine(root, AttemptFiles.Claim), ownersOnly) == 0);
    }

    /// <inheritdoc/>
    public Task HushAsync(IReadOnlyList<string> roots, CancellationToken cancellation)
    {
        foreach (var root in roots)
        {
            Try(() => File.Delete(Path.Combine(Path.GetDirectoryName(root)!, AttemptFiles.Ended, Path.GetFileName(root))));
        }

        return Task.CompletedTask;
    }

    private static AttemptSight Look(string root)
    {
        var names = Names(root).ToHashSet(StringComparer.Ordinal);
        return new AttemptSight(
            names.Contains(AttemptFiles.Claim),
            names.Contains(AttemptFiles.Result),
            names.Contains(AttemptFiles.Heartbeat) ? Text(Path.Combine(root, AttemptFiles.Heartbeat), LongestHeartbeat) : string.Empty);
    }

    private static List<string> Names(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path))];
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return []; // not there yet, or not seen yet
        }
    }

    private static string Text(string path, int longest)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[Math.Min(file.Length, longest + 1L)];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > longest ? string.Empty : Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // The root is gone, or its disk does not answer: what comes of the attempt is told by its silence.
        }
    }
}
