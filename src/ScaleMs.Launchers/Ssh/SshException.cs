using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>A host cannot be used, or not any more.</summary>
internal sealed class SshException(SshTrouble trouble) : SiteException(trouble.Message, !trouble.IsLasting)
{
    /// <summary>What is wrong.</summary>
    internal SshTrouble Trouble => trouble;
}
