namespace Cake.Frosting;

/// <summary>A mistake in the way the build is declared or started.</summary>
public sealed class FrostingException : Exception
{
    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public FrostingException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public FrostingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
