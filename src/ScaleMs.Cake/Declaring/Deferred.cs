using ScaleMs.Core.Graph;

namespace ScaleMs;

/// <summary>Handles to what a part of the definition declares that is written only when something is known. They are used in a <c>WhenKnown</c> of any task.</summary>
/// <typeparam name="THandles">The handles.</typeparam>
public sealed class Deferred<THandles> : Deferred
{
    private THandles _handles = default!;

    internal Deferred()
    {
    }

    /// <summary>The handles.</summary>
    /// <exception cref="InvalidOperationException">They are not known yet.</exception>
    public THandles Handles => IsKnown ? _handles : throw new InvalidOperationException("these handles are not known yet: use them in WhenKnown");

    internal void Resolve(THandles handles)
    {
        _handles = handles;
        IsKnown = true;
    }
}

/// <summary>Handles that are not known yet, whatever their type.</summary>
public abstract class Deferred
{
    private protected Deferred()
    {
    }

    /// <summary>Whether the handles are known.</summary>
    public bool IsKnown { get; private protected set; }

    /// <summary>What they wait for now; a continuation may hand this on to another one.</summary>
    internal Continuation? Awaited { get; set; }
}
