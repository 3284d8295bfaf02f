using System.Net.Sockets;
using RabbitMQ.Client.Exceptions;

namespace ScaleMs.Launchers.Amqp.Broker;

/// <summary>Tells what passes with the connection from what is wrong for good.</summary>
internal static class BrokerTrouble
{
    /// <summary>The connection, a channel or the wait for a confirm is gone; another session may do better.</summary>
    internal static bool IsOne(Exception trouble) =>
        trouble is RabbitMQClientException or IOException or SocketException or ObjectDisposedException or TimeoutException or OperationCanceledException or System.Security.Authentication.AuthenticationException;

    /// <summary>What no repetition mends, in our words; null for what may pass.</summary>
    internal static string? Lasting(Exception trouble, BrokerAddress address)
    {
        for (var one = trouble; one is not null; one = one.InnerException)
        {
            switch (one)
            {
                case AuthenticationFailureException:
                    return $"the broker at {address} refuses the credentials: see {BrokerAddress.UserVariable} and {BrokerAddress.PasswordVariable}, or the file of credentials";
                case BrokerException ours:
                    return ours.Message;
                case System.Security.Authentication.AuthenticationException { InnerException: not BrokerException }:
                    return $"the broker at {address} speaks no TLS there that this side understands ({Words(one)}): is it the port for TLS?";
                case OperationInterruptedException { ShutdownReason.ReplyCode: 530 or 403 } refused:
                    return $"the broker at {address} refuses the connection: {refused.ShutdownReason.ReplyText}";
            }
        }

        return null;
    }

    internal static string Words(Exception trouble)
    {
        var inner = trouble;
        while (inner.InnerException is { } next)
        {
            inner = next;
        }

        return inner.Message;
    }
}
