using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Executing;

/// <summary>What an attempt began with.</summary>
/// <param name="Staged">Files that are looked at again when it has ended.</param>
/// <param name="IsContinued">Whether it goes on from a checkpoint.</param>
/// <param name="Seed">That checkpoint's files; null for none, or where it is not known.</param>
/// <param name="Granted">What it was given.</param>
internal sealed record AttemptNote(IReadOnlyList<(string Place, FileStat Stat)> Staged, bool IsContinued, IReadOnlyList<Digest>? Seed, Resources Granted)
{
    /// <summary>The note as text.</summary>
    public string ToText() => JsonSerializer.Serialize(new Form(IsContinued, [.. Staged.Select(entry => new StagedFile(entry.Place, entry.Stat))])
    {
        Seed = Seed?.Select(digest => digest.ToString()).ToList(),
        MemoryBytes = Granted.MemoryBytes,
        TimeTicks = Granted.TimeLimit?.Ticks ?? 0,
    });

    /// <summary>Reads a note.</summary>
    /// <param name="text">The text.</param>
    /// <param name="declared">What the step declares: what a note tells nothing of.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static AttemptNote Read(string text, Resources declared)
    {
        try
        {
            return JsonSerializer.Deserialize<Form>(text) is { Files: { } files } form
                ? new AttemptNote([.. files.Select(entry => (entry.Place, entry.Stat))], form.IsContinued, form.Seed?.Select(Digest.Parse).ToList(), form.GrantedOf(declared))
                : throw new FormatException("It is empty.");
        }
        catch (JsonException cause)
        {
            throw new FormatException(cause.Message, cause);
        }
    }

    /// <summary>On the disk. What grows from attempt to attempt was not kept at first.</summary>
    private sealed record Form(bool IsContinued, IReadOnlyList<StagedFile> Files)
    {
        public IReadOnlyList<string>? Seed { get; init; }

        public long? MemoryBytes { get; init; }

        /// <summary>0 for no limit.</summary>
        public long? TimeTicks { get; init; }

        public Resources GrantedOf(Resources declared) => declared with
        {
            MemoryBytes = MemoryBytes ?? declared.MemoryBytes,
            TimeLimit = TimeTicks is { } ticks ? ticks == 0 ? null : TimeSpan.FromTicks(ticks) : declared.TimeLimit,
        };
    }

    private sealed record StagedFile(string Place, FileStat Stat);
}
