namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>A blob that cannot be put or had; the message names it and says why.</summary>
public sealed class BlobException : Exception
{
    /// <summary>Without a reason.</summary>
    public BlobException()
    {
    }

    /// <summary>With a reason.</summary>
    /// <param name="message">A whole sentence without its end.</param>
    public BlobException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and its cause.</summary>
    /// <param name="message">A whole sentence without its end.</param>
    /// <param name="cause">What was thrown.</param>
    public BlobException(string message, Exception? cause)
        : base(message, cause)
    {
    }
}
