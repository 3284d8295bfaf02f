namespace ScaleMs.Engine.Importing;

/// <summary>That selected steps take results which were made elsewhere.</summary>
/// <param name="Directory">The folder that holds them, absolute.</param>
/// <param name="Name">The folder as it is told and recorded.</param>
public sealed record ImportOrder(string Directory, string Name);
