using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ScaleMs.Launchers.Amqp.Broker;

/// <summary>Judges the broker's certificate against authorities that the user names.</summary>
internal static class Trust
{
    /// <summary>The name must fit and there must be a certificate, whoever signed it.</summary>
    internal static bool Holds(X509Certificate? certificate, SslPolicyErrors errors, X509Certificate2Collection trusted)
    {
        if (certificate is not X509Certificate2 shown || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return errors == SslPolicyErrors.None || chain.Build(shown);
    }
}
