using ScaleMs.Core.Identity;

namespace ScaleMs.Core.Model;

/// <summary>A declared output of a step instance.</summary>
/// <param name="Path">The path in the private directory.</param>
/// <param name="Identity">When two contents count as equal.</param>
/// <param name="PublishTo">Where the file is published, relative to the workspace; null when it only feeds other steps.</param>
/// <param name="Keep">How long its bytes are kept; not in the key.</param>
/// <param name="Store">Where its bytes are kept; not in the key.</param>
public sealed record Output(ArtifactPath Path, OutputIdentity Identity, ArtifactPath? PublishTo = null, Keep Keep = Keep.Always, StoreAs Store = StoreAs.Blob);
