using System.Text.Json;
using ScaleMs.Reporting.Files;

namespace ScaleMs.Reporting.Control;

/// <summary>What the last run that took its time wrote of itself in the store, <c>run.json</c>: how to reach it, and in the end how it ended.</summary>
public sealed record RunNote
{
    /// <summary>The name of the file in the store's folder.</summary>
    public const string FileName = "run.json";

    /// <summary>The form of this note.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The run's id.</summary>
    public required string Run { get; init; }

    /// <summary>Its target.</summary>
    public required string Target { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The machine's name.</summary>
    public required string Host { get; init; }

    /// <summary>The process's number there.</summary>
    public required int Pid { get; init; }

    /// <summary>What changes with each start of the machine.</summary>
    public required string BootId { get; init; }

    /// <summary>Whether it goes on without a terminal.</summary>
    public bool IsDetached { get; init; }

    /// <summary>The file that takes what it prints, in the store's folder; null where that is a terminal's or a caller's.</summary>
    public string? Output { get; init; }

    /// <summary>The socket on that machine; null when none could be made.</summary>
    public string? Socket { get; init; }

    /// <summary>How it ended; null while it goes on, and for ever when it was killed.</summary>
    public RunEnd? End { get; init; }

    /// <summary>Reads the note of a store.</summary>
    /// <param name="store">The store's folder.</param>
    /// <returns>The note; null when there is none that can be read.</returns>
    public static RunNote? TryRead(string store)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(store, FileName)), ControlJson.Default.RunNote);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the note; readers see the former one or the whole new one.</summary>
    /// <param name="store">The store's folder.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string store) => WholeFile.Write(Path.Combine(store, FileName), stream => JsonSerializer.Serialize(stream, this, ControlJson.Default.RunNote));
}
