using System.Text.Json;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Places;

namespace ScaleMs.Engine.Executing;

/// <summary>Attempts that can outlive their client: what is kept beside them, so that the next client can await them instead of making them again.</summary>
internal sealed class Takeover(IDisk disk, StepPlace place)
{
    /// <summary>Marks an attempt whose failure its client saw: it is over, whatever it left.</summary>
    private const string EndedMark = "ended";

    private const string StagedName = "staged.json";

    /// <summary>Whether an attempt of a dead client is to be awaited.</summary>
    /// <param name="attempt">Its directory, absolute.</param>
    public bool IsPossible(string attempt) =>
        !place.IsHere && MayRunElsewhere(disk, attempt) && place.Launcher.CanTakeOver(attempt);

    /// <summary>Whether an attempt was given to another place, whichever it was, and nobody has seen its end: it may write to its directory.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="attempt">Its directory, absolute.</param>
    public static bool MayRunElsewhere(IDisk disk, string attempt) =>
        disk.Stat(Path.Combine(attempt, EndedMark)) is null && disk.Stat(Path.Combine(attempt, StagedName)) is not null;

    /// <summary>Keeps what was staged. Here attempts die with their client.</summary>
    public void Keep(string attempt, IReadOnlyList<(string Place, FileStat Stat)> staged, bool isContinued)
    {
        if (!place.IsHere)
        {
            var file = Path.Combine(attempt, StagedName);
            disk.WriteText(file + ".new", JsonSerializer.Serialize(new StagedFiles(isContinued, [.. staged.Select(entry => new StagedFile(entry.Place, entry.Stat))])));
            disk.Move(file + ".new", file);
        }
    }

    /// <summary>What the dead client staged: files that are looked at again when the attempt has ended.</summary>
    public (List<(string Place, FileStat Stat)> Staged, bool IsContinued) Read(string attempt)
    {
        var file = Path.Combine(attempt, StagedName);
        try
        {
            var read = JsonSerializer.Deserialize<StagedFiles>(disk.ReadText(file)) ?? throw new JsonException("It is empty.");
            return ([.. read.Files.Select(entry => (entry.Place, entry.Stat))], read.IsContinued);
        }
        catch (JsonException cause)
        {
            throw new StoreException($"'{file}' cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>Marks an attempt as one that is over.</summary>
    public void End(string attempt, FailureClass failure)
    {
        if (!place.IsHere)
        {
            disk.CreateDirectory(attempt);
            disk.WriteText(Path.Combine(attempt, EndedMark), failure + "\n");
        }
    }

    private sealed record StagedFiles(bool IsContinued, IReadOnlyList<StagedFile> Files);

    private sealed record StagedFile(string Place, FileStat Stat);
}
