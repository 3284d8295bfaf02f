namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>Opens the place that a profile names.</summary>
internal static class BlobPlace
{
    /// <exception cref="ArgumentException">The text is neither an absolute directory nor an address.</exception>
    internal static IBlobPlace Open(string text, string token)
    {
        if (Path.IsPathFullyQualified(text))
        {
            return new DirectoryBlobs(text);
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0)
        {
            return new HttpBlobs(address, token);
        }

        throw new ArgumentException($"'{text}' is no place for blobs: give a directory that all see, absolute, or the address of a blob endpoint");
    }
}
