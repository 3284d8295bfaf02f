namespace ScaleMs.Launchers.Amqp.Broker;

/// <summary>The broker cannot be used as it was given; the message says what to do.</summary>
public sealed class BrokerException : Exception
{
    /// <summary>Without a reason.</summary>
    public BrokerException()
    {
    }

    /// <summary>With a reason.</summary>
    /// <param name="message">A whole sentence without its end.</param>
    public BrokerException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and its cause.</summary>
    /// <param name="message">A whole sentence without its end.</param>
    /// <param name="cause">What was thrown.</param>
    public BrokerException(string message, Exception? cause)
        : base(message, cause)
    {
    }
}
