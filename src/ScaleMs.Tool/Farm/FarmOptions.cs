using System.CommandLine;
using ScaleMs.Launchers.Amqp.Broker;

namespace ScaleMs.Tool.Farm;

/// <summary>The options that say which farm is meant. Credentials are none of them: everybody on a machine can read its command lines.</summary>
internal sealed class FarmOptions
{
    private readonly Option<string> _broker = new("--broker")
    {
        Description = $"the broker, amqp://host:5672/vhost or amqps://…, without credentials: those come from {BrokerAddress.UserVariable} and {BrokerAddress.PasswordVariable} or from a file",
        HelpName = "ADDRESS",
        Required = true,
    };

    private readonly Option<string> _farm = new("--farm") { Description = "the farm's name", HelpName = "NAME", DefaultValueFactory = _ => "default" };

    private readonly Option<string> _credentials = new("--credentials-file")
    {
        Description = "a file with two lines, user and password, that only its owner may read",
        HelpName = "FILE",
        DefaultValueFactory = _ => string.Empty,
    };

    public void AddTo(Command command)
    {
        command.Add(_broker);
        command.Add(_farm);
        command.Add(_credentials);
    }

    public BrokerAddress Broker(ParseResult parsed) =>
        BrokerAddress.Of(parsed.GetRequiredValue(_broker), parsed.GetRequiredValue(_credentials), Environment.GetEnvironmentVariable);

    public string Farm(ParseResult parsed) => parsed.GetRequiredValue(_farm);

    /// <summary>A token that neither a command line nor a log shows.</summary>
    public static string Token(string file)
    {
        if (file.Length == 0)
        {
            return Environment.GetEnvironmentVariable(TokenVariable) ?? string.Empty;
        }

        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new FarmUsageException($"the file of the token '{file}' cannot be read: {trouble.Message}", trouble);
        }
    }

    /// <summary>The variable with the token of the blob endpoint.</summary>
    public const string TokenVariable = "SCALEMS_BLOB_TOKEN";

    public static Option<string> TokenFile() => new("--token-file")
    {
        Description = $"a file with the token of the blob endpoint; {TokenVariable} by default",
        HelpName = "FILE",
        DefaultValueFactory = _ => string.Empty,
    };
}
