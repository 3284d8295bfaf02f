using ScaleMs.Core.Digests;

namespace ScaleMs.Launchers.Ssh;

/// <summary>A file that is brought from a site.</summary>
/// <param name="There">Its path below the folder there.</param>
/// <param name="Open">Opens what takes its bytes here.</param>
/// <param name="MostBytes">How many bytes are taken at most.</param>
internal sealed record WantedFile(string There, Func<Stream> Open, long MostBytes)
{
    /// <summary>Its digest; null where none is known, and the file may be missing.</summary>
    internal Digest? Digest { get; init; }

    /// <summary>How many bytes of it are here already.</summary>
    internal long From { get; init; }
}
