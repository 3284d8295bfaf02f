using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Client;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Sites.Doctor;

namespace ScaleMs.Launchers.Amqp.Doctor;

/// <summary>Whether the broker lets us in and do what a farm does, and which workers are there.</summary>
internal sealed class FarmCheck(SiteProfile site, AmqpProfile farm, DoctorRequest request, Func<string, string?> variable) : IDoctorCheck
{
    private const string Check = "broker";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Version Oldest = new(3, 10);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(BrokerAddress.Of(farm.Broker, HomePath.Of(farm.CredentialsFile, variable), variable), cancellation).ConfigureAwait(false);
        }
        catch (Exception wrong) when (wrong is BrokerException or ArgumentException)
        {
            return [Finding.Fail(string.Empty, Check, wrong.Message, "correct it; nothing else was looked at")];
        }
    }

    private async Task<IReadOnlyList<Finding>> RunAsync(BrokerAddress address, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(Patience);
        try
        {
            await using var session = await BrokerSession.OpenAsync(address.Factory(TimeSpan.FromSeconds(10)), "scalems doctor", time.Token).ConfigureAwait(false);
            var rights = await new RightsCheck(session, farm.Farm).RunAsync(time.Token).ConfigureAwait(false);
            return [Server(address, session.ServerVersion), rights, .. rights.IsGood ? await new WorkerCheck(site, farm, request, address).RunAsync(session, cancellation).ConfigureAwait(false) : []];
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble) && !cancellation.IsCancellationRequested)
        {
            return [Unreachable(address, trouble)];
        }
    }

    private static Finding Server(BrokerAddress address, string version)
    {
        var text = $"{address} lets us in: RabbitMQ {version}";
        return Version.TryParse(version, out var number) && number < Oldest ? Finding.Warn(string.Empty, Check, text, $"use RabbitMQ {Oldest} or later")
            : address.IsEncrypted || address.IsLoopback ? Finding.Ok(string.Empty, Check, text)
            : Finding.Warn(string.Empty, Check, text + "; passwords travel there in clear", "use 'amqps://' where the network is not yours alone");
    }

    private static Finding Unreachable(BrokerAddress address, Exception trouble) => BrokerTrouble.Lasting(trouble, address) is { } lasting
        ? Finding.Fail(string.Empty, Check, lasting, "ask who runs the broker: 'rabbitmqctl list_users', 'list_vhosts' and 'list_permissions -p VHOST' tell")
        : Finding.Fail(string.Empty, Check, $"{address} cannot be reached: {(trouble is OperationCanceledException ? "it does not answer" : BrokerTrouble.Words(trouble))}", "is the broker running, is it this address, and does a firewall let you there?");
}
