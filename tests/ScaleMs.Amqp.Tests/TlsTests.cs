using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Launchers.Amqp.Broker;

namespace ScaleMs.Amqp.Tests;

/// <summary>The way to the broker is encrypted where its address says so, and leads to nobody else.</summary>
public sealed class TlsTests(RabbitNode node)
{
    private const string Password = "hunter2";

    private BrokerAddress Address(string host, int port, string? authorities, string? password = null) => BrokerAddress.Of($"amqps://{host}:{port}", string.Empty, name => name switch
    {
        BrokerAddress.AuthorityVariable => authorities,
        BrokerAddress.PasswordVariable => password,
        _ => null,
    });

    private static async Task<LaunchResult> RunAsync(FarmSpace space, BrokerAddress broker)
    {
        await using var client = new AmqpLauncher(space.ClientOptions with { Broker = broker });
        return await client.RunAsync(space.Request("echo done > out", "out"), null, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Broker_WithACertificateOfANamedAuthority_IsUsed()
    {
        await using var space = FarmSpace.New(node);
        var broker = Address("localhost", node.SecurePort, node.AuthorityFile);
        space.StartWorker(space.WorkerOptions() with { Broker = broker });
        Assert.Equal((LaunchEnd.Exited, 0), (await RunAsync(space, broker)) is var result ? (result.End, result.ExitCode) : default);
    }

    [Theory]
    [InlineData("127.0.0.1", true, "shows a certificate for 'localhost', not for '127.0.0.1': correct the host's name in the address")]
    [InlineData("localhost", false, "shows a certificate that is not trusted (PartialChain): name its authority's file in SCALEMS_AMQP_CA")]
    public async Task Broker_WithAnotherCertificate_IsRefusedAndTold(string host, bool isKnown, string words)
    {
        await using var space = FarmSpace.New(node);
        var stranger = Path.Combine(space.Root, "stranger.pem");
        using var other = new Authority("stranger");
        File.WriteAllText(stranger, other.Pem);
        foreach (var authorities in isKnown ? new string?[] { node.AuthorityFile } : [stranger, null])
        {
            await RefusedAsync(space, Address(host, node.SecurePort, authorities, Password), words);
        }
    }

    [Fact]
    public async Task Broker_ThatSpeaksPlainText_GetsNothingWhereTlsIsAsked()
    {
        await using var space = FarmSpace.New(node);
        await RefusedAsync(space, Address("localhost", node.Port, node.AuthorityFile, Password), "speaks no TLS there that this side understands");
    }

    [Fact]
    public async Task Credentials_RefusedByABrokerThatIsTrusted_AreNotRepeated()
    {
        await using var space = FarmSpace.New(node);
        await RefusedAsync(space, Address("localhost", node.SecurePort, node.AuthorityFile, Password), "refuses the credentials");
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("no certificate\n", "holds no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "cannot be read")]
    public void Authorities_ThatAreNone_AreToldAtOnce(string? text, string words)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pem");
        try
        {
            if (text is not null)
            {
                File.WriteAllText(file, text);
            }

            var message = Assert.Throws<BrokerException>(() => Address("localhost", 5671, file)).Message;
            Assert.StartsWith($"the file of authorities '{file}' that SCALEMS_AMQP_CA names {words}", message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task RefusedAsync(FarmSpace space, BrokerAddress broker, string words)
    {
        var result = await RunAsync(space, broker);
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.StartsWith($"the broker at {broker} {words}", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, string.Join('\n', [result.Message, .. space.Notices]), StringComparison.Ordinal);
    }
}
