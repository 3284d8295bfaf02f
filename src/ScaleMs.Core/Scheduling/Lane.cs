namespace ScaleMs.Core.Scheduling;

/// <summary>The waiting steps with one claim, by rank: if the first does not fit, none does.</summary>
internal sealed class Lane(Claim claim)
{
    private static readonly Comparer<ReadyStep> ByRank = Comparer<ReadyStep>.Create(ReadyStep.Compare);
    private readonly PriorityQueue<ReadyStep, ReadyStep> _steps = new(ByRank);

    public Claim Claim => claim;

    /// <summary>How many steps of lower rank were started since one of this lane was.</summary>
    public int PassedOver { get; set; }

    /// <summary>How many steps of others had got shared tokens when one of this lane was started last, or the first one came.</summary>
    public long OthersBefore { get; set; }

    /// <summary>The step of the highest rank; null when none waits.</summary>
    public ReadyStep? First
    {
        get
        {
            while (_steps.TryPeek(out var first, out _))
            {
                if (!first.IsGone)
                {
                    return first;
                }

                _steps.Dequeue();
            }

            return null;
        }
    }

    public void Add(ReadyStep step) => _steps.Enqueue(step, step);
}
