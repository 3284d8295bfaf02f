using ScaleMs.Core.Keys;

namespace ScaleMs.Core.Ports;

/// <summary>Who of several clients that share results makes which: one leads, the others follow and take its result.</summary>
/// <remarks>Thread-safe. It may ask the disk, but never fails: where nothing can be agreed on, everybody leads.</remarks>
public interface ILeads
{
    /// <summary>Tries to lead. Who leads does so until its result can be found by others, until <see cref="GiveUp"/>, or until the store is closed.</summary>
    /// <param name="key">The action.</param>
    /// <returns>Null when this client leads; else who does, for people.</returns>
    string? Take(ActionKey key);

    /// <summary>What other clients lead of some actions. Where nobody leads any more, the result is there, or somebody else must make it.</summary>
    /// <param name="keys">The actions.</param>
    /// <returns>Those that others lead, and who, for people.</returns>
    IReadOnlyDictionary<ActionKey, string> LeadersOf(IReadOnlyCollection<ActionKey> keys);

    /// <summary>Leads no longer, without a result.</summary>
    /// <param name="key">The action.</param>
    void GiveUp(ActionKey key);
}
