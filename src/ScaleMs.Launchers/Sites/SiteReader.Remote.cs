using ScaleMs.Core.Faults;
using YamlDotNet.RepresentationModel;

namespace ScaleMs.Launchers.Sites;

/// <content>Hosts and brokers.</content>
internal static partial class SiteReader
{
    private const string HostForm = "a list of hosts, each a destination of ssh or 'host:' and 'slots:'";

    private static SshProfile? Ssh(SiteValues? values, ICollection<Fault> faults)
    {
        if (values is null)
        {
            return null;
        }

        // The nearest word on a host wins; its place in the list stays.
        var hosts = new OrderedDictionary<string, SshHost>(StringComparer.Ordinal);
        foreach (var element in values.Elements("hosts", HostForm))
        {
            if (Host(element, faults) is { } host)
            {
                hosts[host.Destination] = host;
            }
        }

        var usual = new SshProfile();
        var ssh = new SshProfile
        {
            Hosts = [.. hosts.Values],
            Options = values.List("options", SiteWords.Options, SiteWords.IsOption),
            MostBlobBytes = values.Has("blob-size") ? values.Size("blob-size") : usual.MostBlobBytes,
            MostBlobAge = values.Time("blob-age", usual.MostBlobAge) ?? usual.MostBlobAge,
        };
        values.TellUnknown();
        return ssh;
    }

    private static SshHost? Host(SiteSetting element, ICollection<Fault> faults)
    {
        if (element.Value is not YamlMappingNode mapping)
        {
            return Destination(element, "ssh.hosts", faults) is { } plain ? new SshHost(plain) : null;
        }

        var values = new SiteValues([new SiteLayer(element.Where.File, mapping)], "hosts.", faults);
        var slots = values.Number("slots", 1, least: 1);
        var given = values.Elements("host", SiteWords.Destination).ToList();
        values.TellUnknown();
        if (given is not [var one])
        {
            faults.Add(SiteFaults.BadForm("ssh.hosts", HostForm, element.Where));
            return null;
        }

        return Destination(one, "ssh.hosts.host", faults) is { } destination ? new SshHost(destination, slots) : null;
    }

    private static string? Destination(SiteSetting element, string key, ICollection<Fault> faults)
    {
        if (element.Text is { } text && SiteWords.IsDestination(text))
        {
            return text;
        }

        faults.Add(element.Text is { } wrong && !SiteWords.HasPassword(wrong) ? SiteFaults.BadValue(key, wrong, SiteWords.Destination, element.Where)
            : element.Text is null ? SiteFaults.BadForm(key, HostForm, element.Where)
            : SiteFaults.Credentials(key, element.Where, "leave the password out and let ssh use a key or its agent"));
        return null;
    }

    private static AmqpProfile? Amqp(SiteValues? values, ICollection<Fault> faults)
    {
        if (values is null)
        {
            return null;
        }

        var usual = new AmqpProfile { Broker = string.Empty };
        var amqp = new AmqpProfile
        {
            Broker = Address(values, "broker", "an address such as amqps://broker.example:5671/vhost", SiteWords.IsBroker, faults),
            CredentialsFile = values.Text("credentials-file"),
            Farm = values.Text("farm", "a name of letters, digits, '.', '_' and '-'", SiteWords.IsName) is { Length: > 0 } farm ? farm : "default",
            Labels = values.List("labels", SiteWords.OneWord, SiteWords.IsWord),
            Priority = values.Number("priority", usual.Priority, least: 0, AmqpProfile.MostPriority),
            Blobs = Address(values, "blobs", "a directory that all see, or an address such as https://blobs.example:8443", SiteWords.IsBlobPlace, faults),
        };
        values.TellUnknown();
        return amqp;
    }

    private static string Address(SiteValues values, string key, string wanted, Func<string, bool> isFit, ICollection<Fault> faults)
    {
        var address = values.Text(key, wanted, text => isFit(text) || SiteWords.HasCredentials(text));
        if (address.Length == 0 || isFit(address) || !SiteWords.HasCredentials(address))
        {
            return address;
        }

        // What may be a password is never repeated: a fault is printed and logged.
        faults.Add(SiteFaults.Credentials($"amqp.{key}", values.WhereIs(key), "take them out of the address: set SCALEMS_AMQP_USER and SCALEMS_AMQP_PASSWORD, or write two lines into a file of mode 0600 and name it as 'credentials-file'"));
        return "(withheld)";
    }
}
