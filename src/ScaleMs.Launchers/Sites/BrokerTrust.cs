using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ScaleMs.Launchers.Sites;

/// <summary>Judges a broker's certificate: by the system's authorities, and by those that the user names.</summary>
internal sealed class BrokerTrust
{
    /// <summary>The variable with the path of a PEM file of authorities that are trusted besides the system's.</summary>
    internal const string Variable = "SCALEMS_AMQP_CA";

    private readonly X509Certificate2Collection _named = [];

    /// <summary>Reads the user's authorities.</summary>
    /// <param name="file">A PEM file; empty for none.</param>
    /// <exception cref="InvalidDataException">It cannot be read or holds none; the message says so.</exception>
    internal BrokerTrust(string file)
    {
        if (file.Length == 0)
        {
            return;
        }

        try
        {
            _named.ImportFromPemFile(file);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidDataException($"the file of authorities '{file}' that {Variable} names cannot be read: {trouble.Message}", trouble);
        }

        if (_named.Count == 0)
        {
            throw new InvalidDataException($"the file of authorities '{file}' that {Variable} names holds no certificate in PEM form");
        }
    }

    /// <summary>What is wrong with a certificate, as the end of a sentence that begins with the broker; null when nothing is.</summary>
    internal string? Problem(string host, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors) =>
        certificate is not X509Certificate2 shown ? "shows no certificate"
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"shows a certificate for {NamesOf(shown)}, not for '{host}': correct the host's name in the address"
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && WhyNotTrusted(shown, sent) is { } why ? $"shows a certificate that is not trusted ({why}): name its authority's file in {Variable}"
        : null;

    /// <summary>Servers send authorities between theirs and the root along; those help to find the way and are not trusted for it.</summary>
    private string? WhyNotTrusted(X509Certificate2 shown, X509Chain? sent)
    {
        if (_named.Count == 0)
        {
            return StatusOf(sent);
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_named);
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown) ? null : StatusOf(chain);
    }

    private static string StatusOf(X509Chain? chain) => string.Join(", ", (chain?.ChainStatus ?? []).Select(one => $"{one.Status}").Distinct(StringComparer.Ordinal));

    private static string NamesOf(X509Certificate2 shown)
    {
        var names = shown.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(one => one.EnumerateDnsNames().Concat(one.EnumerateIPAddresses().Select(address => $"{address}"))).ToList();
        return names.Count > 0 ? string.Join(", ", names.Select(name => $"'{name}'")) : $"'{shown.GetNameInfo(X509NameType.SimpleName, forIssuer: false)}'";
    }
}
