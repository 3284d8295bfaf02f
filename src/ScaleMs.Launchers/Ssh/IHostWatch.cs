namespace ScaleMs.Launchers.Ssh;

/// <summary>Is told when hosts come and go.</summary>
internal interface IHostWatch
{
    /// <summary>How many attempts wait for a host.</summary>
    int Waiting { get; }

    /// <summary>A host can be used.</summary>
    /// <param name="host">The host.</param>
    /// <param name="former">What kept it from being used before; null when nothing did.</param>
    void CameUp(RemoteHost host, SshTrouble? former);

    /// <summary>A host cannot be used; it is tried again.</summary>
    /// <param name="host">The host.</param>
    /// <param name="isNew">Whether it could be used before, or was not tried.</param>
    /// <param name="attempts">How many attempts are under way there.</param>
    void WentAway(RemoteHost host, bool isNew, int attempts);

    /// <summary>Nobody needed the host; it is connected to when somebody does.</summary>
    void Leaves(RemoteHost host);
}
