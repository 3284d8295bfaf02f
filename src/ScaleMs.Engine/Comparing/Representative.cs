using ScaleMs.Core.Digests;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Comparing;

/// <summary>What stands for an output: one that is made anew is compared with it. Looked up before the launch, on the thread that commits.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Place">Where they can be had; null when they are gone.</param>
/// <param name="Length">How many bytes there are, where a record names them, so that nobody collects them; else null.</param>
internal sealed record Representative(Digest Bytes, StagedInput? Place, long? Length);
