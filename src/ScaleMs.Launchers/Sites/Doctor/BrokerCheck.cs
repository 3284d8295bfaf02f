using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>Whether a broker can be reached, by TLS where its address says so, and whether there are credentials for it. They are not read out.</summary>
/// <param name="amqp">The profile's section.</param>
internal sealed class BrokerCheck(AmqpProfile amqp) : IDoctorCheck
{
    private const int Plain = 5672;
    private const int Tls = 5671;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation) => [await ConnectAsync(cancellation).ConfigureAwait(false), Credentials()];

    private async Task<Finding> ConnectAsync(CancellationToken cancellation)
    {
        var address = new Uri(amqp.Broker);
        var isTls = address.Scheme == "amqps";
        var place = $"{address.Host}:{(address.Port > 0 ? address.Port : isTls ? Tls : Plain)}";
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port > 0 ? address.Port : isTls ? Tls : Plain, time.Token).ConfigureAwait(false);
            return isTls ? await GreetAsync(client, address.Host, place, time.Token).ConfigureAwait(false)
                : address.IsLoopback ? Finding.Ok(string.Empty, "broker", $"{place} accepts connections")
                : Finding.Warn(string.Empty, "broker", $"{place} accepts connections, and passwords travel there in clear", "use 'amqps://' where the network is not yours alone");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Finding.Fail(string.Empty, "broker", $"{place} does not answer", "is it this address, and does a firewall let you there?");
        }
        catch (SocketException trouble)
        {
            return Finding.Fail(string.Empty, "broker", $"{place} cannot be reached: {trouble.Message}", "is the broker running, and is it this address?");
        }
    }

    private static async Task<Finding> GreetAsync(TcpClient client, string host, string place, CancellationToken cancellation)
    {
        string? problem = null;
        try
        {
            var trust = new BrokerTrust(Environment.GetEnvironmentVariable(BrokerTrust.Variable) ?? string.Empty);
            await using var secure = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, chain, errors) => (problem = trust.Problem(host, certificate, chain, errors)) is null);
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellation).ConfigureAwait(false);
            return Finding.Ok(string.Empty, "broker", $"{place} accepts connections, by TLS with a certificate that is trusted here");
        }
        catch (Exception trouble) when (trouble is AuthenticationException or IOException or InvalidDataException)
        {
            return problem is null ? Finding.Fail(string.Empty, "broker", $"{place} speaks no TLS with us: {trouble.Message}", "is it the port for TLS, and is the file of authorities right?")
                : Finding.Fail(string.Empty, "broker", $"{place} {problem}", "install the certificate of its authority here, or correct the host's name");
        }
    }

    private Finding Credentials() => amqp.CredentialsFile.Length == 0
        ? IsSet("SCALEMS_AMQP_USER") && IsSet("SCALEMS_AMQP_PASSWORD") ? Finding.Ok(string.Empty, "credentials", "are in the environment")
            : Finding.Fail(string.Empty, "credentials", "SCALEMS_AMQP_USER and SCALEMS_AMQP_PASSWORD are not both set", "set them, or write two lines into a file of mode 0600 and name it as 'credentials-file'")
        : OfFile(amqp.CredentialsFile.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), amqp.CredentialsFile[2..]) : amqp.CredentialsFile);

    private static Finding OfFile(string file)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0 ? Finding.Fail(string.Empty, "credentials", $"'{file}' may be read by others", $"run 'chmod 600 {file}'")
                : File.ReadLines(file).Count(line => line.Trim().Length > 0) != 2 ? Finding.Fail(string.Empty, "credentials", $"'{file}' has not two lines", "write the user into the first line and the password into the second")
                : Finding.Ok(string.Empty, "credentials", $"are in '{file}'");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail(string.Empty, "credentials", $"'{file}' cannot be read: {trouble.Message}", "write it, with mode 0600");
        }
    }

    private static bool IsSet(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 };
}
