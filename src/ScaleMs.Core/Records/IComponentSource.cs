using ScaleMs.Core.Keys;

namespace ScaleMs.Core.Records;

/// <summary>Finds the key components of results that were left where they are recorded.</summary>
public interface IComponentSource
{
    /// <summary>The components of a result's key.</summary>
    /// <param name="key">The result's key.</param>
    /// <returns>The components; empty when they are gone or damaged, for an explanation is no reason to fail.</returns>
    IReadOnlyList<KeyComponent> Of(ActionKey key);
}
