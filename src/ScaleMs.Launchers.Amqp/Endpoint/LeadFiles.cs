namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>A file for each lead, so that an endpoint that is started again knows them. Its names are checked before they come here.</summary>
/// <param name="directory">Where they are.</param>
/// <param name="notice">Takes what is odd.</param>
internal sealed class LeadFiles(string directory, Action<string> notice)
{
    private const int IdDigits = 32;

    internal IEnumerable<(string Key, string Id, string Who)> Read()
    {
        foreach (var path in Directory.Exists(directory) ? Directory.GetFiles(directory) : [])
        {
            var text = File.ReadAllText(path);
            if (EndpointName.IsKey(Path.GetFileName(path)) && text.Length > IdDigits + 1 && EndpointName.IsClient(text[..IdDigits]) && text.EndsWith('\n'))
            {
                yield return (Path.GetFileName(path), text[..IdDigits], text[(IdDigits + 1)..^1]);
            }
            else
            {
                File.Delete(path);
            }
        }
    }

    internal void Write(string key, string id, string who) => Try(() =>
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, key), $"{id} {who}\n");
    });

    internal void Delete(string key) => Try(() =>
    {
        if (Directory.Exists(directory))
        {
            File.Delete(Path.Combine(directory, key));
        }
    });

    /// <summary>What cannot be kept is known until the endpoint ends.</summary>
    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            notice($"a lead cannot be kept: {trouble.Message}");
        }
    }
}
