namespace ScaleMs.Launchers.Ssh;

/// <summary>The scripts that run at the other end.</summary>
internal static class NodeText
{
    private static readonly Lazy<string> OfAgent = new(() => Read("agent.sh"));
    private static readonly Lazy<string> OfPut = new(() => Read("put.sh"));
    private static readonly Lazy<string> OfGet = new(() => Read("get.sh"));
    private static readonly Lazy<string> OfCollect = new(() => Read("collect.sh"));

    /// <summary>The script that reads calls.</summary>
    internal static string Agent => OfAgent.Value;

    /// <summary>The script that takes files.</summary>
    internal static string Put => OfPut.Value;

    /// <summary>The script that gives files.</summary>
    internal static string Get => OfGet.Value;

    /// <summary>The script that removes old blobs.</summary>
    internal static string Collect => OfCollect.Value;

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(NodeText).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
