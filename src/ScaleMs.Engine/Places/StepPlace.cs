using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Scheduling;

namespace ScaleMs.Engine.Places;

/// <summary>A place as one run uses it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Launcher">Executes the attempts.</param>
/// <param name="Site">Its tools, facts and variables.</param>
/// <param name="Ready">The steps that are ready to start there, and what they share.</param>
/// <param name="Most">The most that it gives one step.</param>
/// <param name="Refuses">Says why a step can never run there; null when it can.</param>
internal sealed record StepPlace(string Name, ILauncher Launcher, ISite Site, ReadyQueue Ready, Resources Most, Func<Resources, string?> Refuses)
{
    /// <summary>Whether it is this machine.</summary>
    public bool IsHere { get; init; }

    /// <summary>What a step takes of what is shared. Elsewhere that is one attempt, for cores are waited for at the place; tokens count in either case.</summary>
    public Resources ClaimOf(Resources granted) => IsHere ? granted : new Resources(Tokens: granted.Tokens);

    /// <summary>This machine.</summary>
    /// <param name="launcher">Executes the attempts.</param>
    /// <param name="site">Its tools, facts and variables.</param>
    /// <param name="capacity">What its steps share.</param>
    /// <param name="tokens">What the steps of all places share.</param>
    public static StepPlace Here(ILauncher launcher, ISite site, Resources capacity, TokenPool tokens) =>
        new(Place.Here, launcher, site, new ReadyQueue(capacity with { Tokens = null }, tokens), capacity, _ => null) { IsHere = true };

    /// <summary>Another place.</summary>
    /// <param name="place">As it was given.</param>
    /// <param name="tokens">What the steps of all places share.</param>
    public static StepPlace Of(Place place, TokenPool tokens) =>
        new(place.Name, place.Launcher, place.Site, new ReadyQueue(new Resources(place.MostAttempts, Tokens: place.Tokens), tokens), place.Most, place.Refuses);
}
