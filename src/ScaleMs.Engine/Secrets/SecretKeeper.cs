using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Secrets;

/// <summary>Gives attempts their secrets and takes them back; removes what the attempts of a killed host left.</summary>
/// <remarks>
/// Before a value is written or a process gets one, a note of where it may come to lie is in the store's folder <c>secrets</c>. The
/// note goes last, so whatever a kill leaves is found by the next run, which holds the workspace's lock.
/// </remarks>
/// <param name="disk">The disk; nothing that is looked at for secrets decides anything about a run.</param>
/// <param name="reader">Reads the values.</param>
/// <param name="memory">Finds a directory in memory, when it is first needed; null to use the store's own folder.</param>
/// <param name="store">The store's directory, absolute.</param>
internal sealed class SecretKeeper(IDisk disk, SecretReader reader, Func<string?> memory, string store)
{
    private const string FolderName = "secrets";

    private readonly string _folder = Path.Combine(store, FolderName);
    private readonly Lazy<string?> _memory = new(memory);

    /// <summary>Finds a directory whose files never reach a disk.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="session">The user's own directory of that kind, as the session names it; null for none.</param>
    public static string? MemoryOn(IDisk disk, string? session) =>
        new[] { session, "/dev/shm" }.FirstOrDefault(directory => directory is ['/', ..] && disk.Stat(directory) is { IsDirectory: true } && disk.IsInMemory(directory));

    /// <summary>Reads an attempt's secrets and puts those it gets as files into its directory.</summary>
    /// <param name="step">The instance.</param>
    /// <param name="attempt">The attempt's directory, absolute.</param>
    /// <param name="files">The commands' directory, absolute.</param>
    /// <param name="cancellation">Ends what is asked for a secret.</param>
    /// <exception cref="SecretException">One cannot be given.</exception>
    public SecretsOfAttempt Give(StepInstance step, string attempt, string files, CancellationToken cancellation)
    {
        var values = step.Secrets.Select(secret => reader.Read(secret, cancellation)).ToList();
        var name = Path.GetFileName(attempt);
        var place = Path.Combine(_memory.Value ?? _folder, $"scalems-{name}-{Guid.NewGuid():N}");
        var note = Path.Combine(_folder, name);
        disk.CreateDirectory(_folder);
        disk.WriteText(note, $"{attempt}\n{place}\n");
        var given = new SecretsOfAttempt(disk, step, values, new SecretPlaces(attempt, files, place, note));
        given.PutFiles();
        return given;
    }

    /// <summary>Removes what killed hosts left: values in files, and whatever their steps wrote, since nobody can tell any more what stands in it.</summary>
    public void RemoveRemains()
    {
        if (disk.Stat(_folder) is null)
        {
            return;
        }

        foreach (var note in disk.FilesBelow(_folder).Where(path => Path.GetDirectoryName(path) == _folder))
        {
            if (disk.ReadText(note).Split('\n') is not [var attempt, var place, ..])
            {
                disk.Delete(note);
            }
            else if (!Takeover.MayRunElsewhere(disk, attempt))
            {
                // What runs elsewhere needs what is there, and is rid of it when it has been awaited.
                Remove(attempt, place);
                disk.Delete(note);
            }
        }
    }

    /// <summary>Only what such a note can name is removed, whatever it says.</summary>
    private void Remove(string attempt, string place)
    {
        if (Path.GetFileName(place).StartsWith("scalems-" + Path.GetFileName(attempt), StringComparison.Ordinal))
        {
            disk.Delete(place);
        }

        if (Path.GetDirectoryName(attempt) == Path.Combine(store, "work") && disk.Stat(attempt) is { IsDirectory: true })
        {
            foreach (var left in disk.List(attempt).Select(entry => Path.Combine(attempt, entry.Name)).Where(left => left != new PrivateDirectory(attempt).Log))
            {
                disk.Delete(left);
            }
        }
    }
}
