using System.Net;

namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>The end of a listener, whether it listens, never did or has ended before.</summary>
internal static class ListenerEnd
{
    /// <summary>Ends it at once, with its connections; never throws.</summary>
    /// <remarks>Not by <see cref="HttpListener.Close"/>: of one that does not listen, that binds the address in order to let go of it, which fails when another has it.</remarks>
    internal static void End(this HttpListener listener)
    {
        try
        {
            listener.Abort();
        }
        catch (Exception)
        {
            // Its socket is found by the host's name, which may not be looked up any more, and connections are in use while they are closed: what is left goes with the process.
        }
    }
}
