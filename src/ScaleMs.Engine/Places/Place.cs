using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Places;

/// <summary>Where steps run besides this machine: a launcher, what is known of its site, and how much it takes.</summary>
public sealed record Place
{
    /// <summary>The name of this machine as a place.</summary>
    public const string Here = "local";

    /// <summary>The name, as steps and <c>--launcher</c> give it.</summary>
    public required string Name { get; init; }

    /// <summary>Executes the attempts.</summary>
    public required ILauncher Launcher { get; init; }

    /// <summary>Its tools, facts and variables.</summary>
    public required ISite Site { get; init; }

    /// <summary>How many attempts may be under way at once, at least 1: what waits for cores there waits at the place itself.</summary>
    public int MostAttempts { get; init; } = 10_000;

    /// <summary>The most that it gives one step; memory 0 and no time limit where that is not known. What grows from attempt to attempt ends there.</summary>
    public Resources Most { get; init; } = Resources.Default;

    /// <summary>Counts of named tokens that are this place's own; null for none. All others are shared by all places of a run.</summary>
    public IReadOnlyDictionary<string, int>? Tokens { get; init; }

    /// <summary>Says why a step that asks for so much can never run there, as the end of a sentence that begins with the step; null when it can.</summary>
    public Func<Resources, string?> Refuses { get; init; } = _ => null;
}
