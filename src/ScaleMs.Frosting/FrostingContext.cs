using Cake.Core;

namespace Cake.Frosting;

/// <summary>Base class of custom contexts, and the context of a run that has none.</summary>
/// <param name="context">Cake's own context, which answers every question of this one.</param>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext
{
}
