using Cake.Core;

namespace ScaleMs.Recipes.DotNet.Tests.AtRoot;

/// <summary>A workspace that is the folder of its one project.</summary>
public sealed class RootContext(ICakeContext context) : ScaleMsContext(context, home: "");
