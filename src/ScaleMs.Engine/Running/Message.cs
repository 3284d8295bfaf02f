using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Running;

/// <summary>What tasks outside the run loop's thread tell it.</summary>
internal abstract record Message
{
    private Message()
    {
    }

    /// <summary>Whether it is the answer that each posted task gives once.</summary>
    public virtual bool IsAwaited => true;

    /// <summary>What an attempt started has ended; its outputs are being taken. A message besides the one that is awaited.</summary>
    public sealed record Ended(Work Work) : Message
    {
        /// <inheritdoc/>
        public override bool IsAwaited => false;
    }

    /// <summary>An attempt ended.</summary>
    public sealed record Executed(Work Work, Execution Execution) : Message;

    /// <summary>The pause before another attempt is over.</summary>
    public sealed record Rested(Work Work) : Message;

    /// <summary>A result was taken from a folder; exactly one of result and failure.</summary>
    public sealed record Imported(Work Work, ActionResult? Result, Failure? Failure) : Message;

    /// <summary>Whether this run is to make it; if not, who does, for people.</summary>
    public sealed record Led(Work Work, string? Leader) : Message;

    /// <summary>What others make was looked at: whether anybody makes it no more.</summary>
    public sealed record Looked(ILookup<bool, Work> IsFree) : Message;

    /// <summary>The bytes of inputs were brought into the store, or some are not to be had after all.</summary>
    public sealed record Brought(Work Work, bool HasAll) : Message;

    /// <summary>Publishing ended.</summary>
    public sealed record Published(Work Work, List<StoreRecord> Records, Failure? Failure, bool IsRestore) : Message;

    /// <summary>What an artifact holds was read; no text when its bytes were not there after all.</summary>
    public sealed record Known(Work Work, string? Text, OutputRecord Content) : Message;

    /// <summary>A plain task ended.</summary>
    public sealed record PlainTaskEnded(Work Work, bool Succeeded, double WallSeconds) : Message;

    /// <summary>The run was cancelled.</summary>
    public sealed record Cancelled : Message
    {
        /// <inheritdoc/>
        public override bool IsAwaited => false;
    }

    /// <summary>Single steps were cancelled.</summary>
    public sealed record StepsCancelled(IReadOnlyList<StepPattern> Patterns, TaskCompletionSource<CancelledSteps?> Answer) : Message
    {
        /// <inheritdoc/>
        public override bool IsAwaited => false;
    }

    /// <summary>A task of ours threw: a bug.</summary>
    public sealed record Broken(Exception Exception) : Message;
}
