namespace ScaleMs.Launchers.Amqp.Files;

/// <summary>Rebases paths of the client to where their files are at the worker.</summary>
internal sealed class PathMap
{
    private readonly List<KeyValuePair<string, string>> _places = [];

    internal void Add(string there, string here) => _places.Add(KeyValuePair.Create(there.TrimEnd('/'), here));

    /// <summary>A text that is, or begins as, a path of a known folder; any other stays what it is.</summary>
    internal string Of(string text)
    {
        foreach (var (there, here) in _places)
        {
            if (there.Length > 0 && text.StartsWith(there, StringComparison.Ordinal) && (text.Length == there.Length || text[there.Length] == '/'))
            {
                return here + text[there.Length..];
            }
        }

        return text;
    }
}
