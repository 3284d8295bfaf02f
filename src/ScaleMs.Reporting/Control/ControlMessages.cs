using ScaleMs.Core.Events;

namespace ScaleMs.Reporting.Control;

/// <summary>What a client asks of a running engine: one line of JSON.</summary>
/// <param name="Version">The form that the client speaks.</param>
/// <param name="Request"><c>status</c>, <c>events</c>, <c>cancel</c> or <c>cancelSteps</c>.</param>
internal sealed record ControlRequest(int Version, string Request)
{
    /// <summary>Of <c>cancelSteps</c>: patterns of steps.</summary>
    public IReadOnlyList<string?>? Steps { get; init; }

    /// <summary>The form of this version of ScaleMs.</summary>
    public const int Present = 1;
}

/// <summary>What the engine says to a client: one line of JSON. After the answer to <c>events</c>, lines of the event log follow.</summary>
/// <param name="Version">The form that the engine speaks.</param>
/// <param name="Answer">The request that is answered; <c>refused</c>, or, as the last line of a connection, <c>ended</c>.</param>
internal sealed record ControlAnswer(int Version, string Answer)
{
    /// <summary>How far the run is.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>What became of the wish to cancel steps.</summary>
    public CancelledSteps? Cancelled { get; init; }

    /// <summary>Why a request was refused.</summary>
    public string? Message { get; init; }

    /// <summary>How the run ended.</summary>
    public RunEnd? End { get; init; }

    public static ControlAnswer To(string request) => new(ControlRequest.Present, request);

    public static ControlAnswer Refusal(string message) => To("refused") with { Message = message };

    public static ControlAnswer OfEnd(RunEnd end) => To("ended") with { End = end };
}
