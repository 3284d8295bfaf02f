using ScaleMs.Core.Model;

namespace ScaleMs.Store.Definitions;

/// <summary>What a kept definition tells of an instance without its declaration being read.</summary>
/// <param name="Task">Its task's number.</param>
/// <param name="Can">What may be done with its declaration.</param>
/// <param name="Producers">The numbers of the instances that it reads of.</param>
/// <param name="Looks">The numbers of the null run's looks at its sources and at what it publishes.</param>
/// <param name="Body">Where its declaration begins, counted from the file's beginning.</param>
internal sealed record KeptStep(int Task, KeptStep.Uses Can, int[] Producers, int[] Looks, long Body)
{
    /// <summary>What a kept declaration is good for.</summary>
    [Flags]
    internal enum Uses
    {
        /// <summary>Nothing: the run must be made in full.</summary>
        None = 0,

        /// <summary>Others may read its recorded outputs.</summary>
        Read = 1,

        /// <summary>It may be judged and executed.</summary>
        Run = 2,
    }

    /// <summary>What the declaration of an instance is good for.</summary>
    /// <remarks>
    /// What is told of the whole workflow cannot be told of a part: whether two draws are the same, and whether anybody still needs bytes that are not kept.
    /// What a folder holds, or an optional output is, may be another path to look at each time.
    /// </remarks>
    public static Uses UsesOf(StepInstance step)
    {
        if (!StepCodec.CanKeepOutputs(step) || !step.Outputs.All(IsOrdinary))
        {
            return Uses.None;
        }

        var runs = step is { IsAlways: false, IsStochastic: false, KeepsState: false, Secrets.Count: 0 } && StepCodec.CanKeep(step);
        return runs ? Uses.Read | Uses.Run : Uses.Read;
    }

    private static bool IsOrdinary(Output output) => output is { IsTree: false, IsOptional: false, Keep: Keep.Always, Store: StoreAs.Blob };
}
