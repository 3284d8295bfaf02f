namespace ScaleMs.Engine.Tests.Cache;

/// <summary>A cache in a folder that all clients see.</summary>
internal sealed class FolderPlace : CachePlace
{
    public override string Address => Root;

    public override IReadOnlyList<string> Followers => ["b", "c"];

    public override void LoseLeads() => Array.ForEach(Leads, lead => File.SetLastWriteTimeUtc(lead, DateTime.UtcNow - (2 * Lease)));

    /// <summary>Clients on one machine see at once that a process is dead.</summary>
    public override void ForgetTheDead()
    {
    }
}
