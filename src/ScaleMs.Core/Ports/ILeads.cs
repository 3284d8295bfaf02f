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

    /// <summary>Who leads, if it is another client. When there is none any more, its result is there, or somebody else must make it.</summary>
    /// <param name="key">The action.</param>
    /// <returns>Who it is, for people; null for nobody.</returns>
    string? LeaderOf(ActionKey key);

    /// <summary>Leads no longer, without a result.</summary>
    /// <param name="key">The action.</param>
    void GiveUp(ActionKey key);
}
