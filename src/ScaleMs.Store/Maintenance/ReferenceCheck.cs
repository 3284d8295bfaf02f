using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Maintenance;

/// <summary>Looks whether what records name is there.</summary>
internal static class ReferenceCheck
{
    /// <summary>Looks at every step state and every result.</summary>
    /// <param name="state">The records.</param>
    /// <param name="isThere">Whether a blob is there and right.</param>
    /// <param name="published">What published files hold.</param>
    /// <param name="findings">Takes what is missing.</param>
    public static void Run(StoreState state, Func<Digest, bool> isThere, PublishedCheck published, FindingList findings)
    {
        foreach (var step in state.Steps.Values.Where(step => !state.Results.ContainsKey(step.Key)))
        {
            findings.Damage(
                $"step '{step.Step}' stands at key {step.Key.Digest.Brief}, which no result has", "journal", "by itself: the step runs again");
        }

        var uses = BlobUses.Of(state);
        foreach (var result in state.Results.Values)
        {
            // What was declared to be given up is no loss; its record says what it was.
            foreach (var output in result.Outputs.Where(output =>
                output.Keep == Keep.Always && !isThere(output.Bytes) && !published.Held.Contains(output.Bytes) && uses.Find(output.Bytes)!.IsCurrent))
            {
                findings.Lost(
                    $"the bytes of '{output.Path}' of step '{result.Step}' are not in the store (collected or deleted), and no published file holds them",
                    output.Bytes.ToString(), $"nothing: '{result.Step}' runs again when they are demanded");
            }
        }
    }
}
