using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Client;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Sites.Doctor;

namespace ScaleMs.Launchers.Amqp.Doctor;

/// <summary>Whether there are credentials for the broker, and nobody else may read them. They are not read out.</summary>
internal sealed class CredentialsCheck(AmqpProfile farm, Func<string, string?> variable) : IDoctorCheck
{
    private const string Check = "credentials";
    private const string Advice = "set them, or write two lines into a file of mode 0600 and name it as 'credentials-file'";

    /// <inheritdoc/>
    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Finding>>([farm.CredentialsFile.Length == 0 ? OfEnvironment() : OfFile()]);

    private Finding OfEnvironment()
    {
        const string missing = $"{BrokerAddress.UserVariable} and {BrokerAddress.PasswordVariable} are not both set";
        return IsSet(BrokerAddress.UserVariable) && IsSet(BrokerAddress.PasswordVariable) ? Finding.Ok(string.Empty, Check, "are in the environment")
            : new Uri(farm.Broker).IsLoopback ? Finding.Warn(string.Empty, Check, missing + ": the user 'guest' is tried, whom brokers let in from their own machine only", Advice)
            : Finding.Fail(string.Empty, Check, missing, Advice);
    }

    private Finding OfFile()
    {
        try
        {
            var file = HomePath.Of(farm.CredentialsFile, variable);
            CredentialsFile.Read(file);
            return Finding.Ok(string.Empty, Check, $"are in '{file}'");
        }
        catch (Exception trouble) when (trouble is BrokerException or ArgumentException)
        {
            return Finding.Fail(string.Empty, Check, trouble.Message, "write the user into the first line and the password into the second, and let nobody else read the file: chmod 600");
        }
    }

    private bool IsSet(string name) => variable(name) is { Length: > 0 };
}
