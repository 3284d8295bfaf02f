using Cake.Core;

namespace ScaleMs.Recipes.DotNet.Sample;

/// <summary>Everything is by default.</summary>
public sealed class SampleContext(ICakeContext context) : ScaleMsContext(context, home: "");
