using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Ssh;

/// <summary>How an attempt was seen to end on a host.</summary>
/// <param name="Result">What its wrapper wrote; empty where it is there and too long for the conversation; null where there is none.</param>
/// <param name="Without">Without a result: which way it ended.</param>
/// <param name="Message">Without a result: why, for people.</param>
internal sealed record NodeEnd(string? Result, LaunchEnd Without = LaunchEnd.NodeLost, string Message = "")
{
    /// <summary>Whether it was not begun because it could not be sent by the call that starts it.</summary>
    internal bool IsUnsent { get; init; }

    /// <summary>Whether it may still run there, because nobody could tell the host that it is to end.</summary>
    internal bool IsUntold { get; init; }
}
