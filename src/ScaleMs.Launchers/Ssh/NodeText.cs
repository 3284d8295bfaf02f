namespace ScaleMs.Launchers.Ssh;

/// <summary>The script at the other end of a host's connection.</summary>
internal static class NodeText
{
    private static readonly Lazy<string> Text = new(Read);

    /// <summary>The script that reads calls.</summary>
    internal static string Agent => Text.Value;

    private static string Read()
    {
        using var reader = new StreamReader(typeof(NodeText).Assembly.GetManifestResourceStream("agent.sh")!);
        return reader.ReadToEnd();
    }
}
