using RabbitMQ.Client;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Amqp.Broker;

/// <summary>Where the broker is and who asks. Its text never holds a credential.</summary>
public sealed class BrokerAddress
{
    /// <summary>The variable with the user's name.</summary>
    public const string UserVariable = "SCALEMS_AMQP_USER";

    /// <summary>The variable with the password.</summary>
    public const string PasswordVariable = "SCALEMS_AMQP_PASSWORD";

    /// <summary>The variable with the path of a PEM file of certificates that are trusted besides the system's.</summary>
    public const string AuthorityVariable = BrokerTrust.Variable;

    private const string Form = "'amqp://host:5672/vhost' or 'amqps://host:5671/vhost'";

    private readonly Uri _uri;
    private readonly string _user;
    private readonly string _password;
    private readonly BrokerTrust _trust;

    private BrokerAddress(Uri uri, string user, string password, BrokerTrust trust) => (_uri, _user, _password, _trust) = (uri, user, password, trust);

    /// <summary>Whether the way to the broker is encrypted.</summary>
    public bool IsEncrypted => _uri.Scheme == "amqps";

    internal bool IsLoopback => _uri.IsLoopback;

    private int Port => _uri.Port > 0 ? _uri.Port : IsEncrypted ? 5671 : 5672;

    /// <summary>Reads an address and finds the credentials.</summary>
    /// <param name="text">The address, without credentials.</param>
    /// <param name="credentialsFile">A file with two lines, user and password, that only its owner may read; empty for the environment.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <returns>The address.</returns>
    /// <exception cref="BrokerException">The address is none or holds credentials, or the file is missing or open to others, or that of authorities is none.</exception>
    public static BrokerAddress Of(string text, string credentialsFile, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(credentialsFile);
        ArgumentNullException.ThrowIfNull(variable);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
        {
            throw new BrokerException($"the broker's address is none: give {Form}");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw new BrokerException($"the broker's address holds credentials, which everybody on this machine can read there: give {Form}, and the credentials in {UserVariable} and {PasswordVariable} or in a file");
        }

        var (user, password) = credentialsFile.Length > 0
            ? CredentialsFile.Read(credentialsFile)
            : (variable(UserVariable) ?? "guest", variable(PasswordVariable) ?? "guest");
        return new BrokerAddress(uri, user, password, Trust(uri.Scheme == "amqps" ? variable(AuthorityVariable) ?? string.Empty : string.Empty));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_uri.Scheme}://{_uri.Host}:{Port}{_uri.AbsolutePath}";

    internal ConnectionFactory Factory(TimeSpan heartbeat) => new()
    {
        HostName = _uri.Host,
        Port = Port,
        VirtualHost = _uri.AbsolutePath is "/" or "" ? "/" : Uri.UnescapeDataString(_uri.AbsolutePath[1..]),
        UserName = _user,
        Password = _password,
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,
        RequestedHeartbeat = heartbeat,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(10),
        ContinuationTimeout = TimeSpan.FromSeconds(20),
        Ssl = Encryption(),
    };

    private static BrokerTrust Trust(string file)
    {
        try
        {
            return new BrokerTrust(file);
        }
        catch (InvalidDataException trouble)
        {
            throw new BrokerException(trouble.Message, trouble);
        }
    }

    /// <summary>What is wrong with a certificate is thrown, so that the reason comes through.</summary>
    private SslOption Encryption() => !IsEncrypted ? new SslOption() : new SslOption(_uri.Host, enabled: true)
    {
        CertificateValidationCallback = (_, certificate, chain, errors) =>
            _trust.Problem(_uri.Host, certificate, chain, errors) is { } problem ? throw new BrokerException($"the broker at {this} {problem}") : true,
    };
}
