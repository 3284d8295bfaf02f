using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ScaleMs.Amqp.Tests.Support;

/// <summary>An authority of one test run, with one below it that issues the certificates, as real ones do.</summary>
internal sealed class Authority : IDisposable
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-2);

    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _issuer;

    internal Authority(string name)
    {
        _root = Own($"CN={name}");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Request($"CN={name}'s issuer", key, isAuthority: true).Create(_root, From, From.AddDays(9), [2]);
        _issuer = signed.CopyWithPrivateKey(key);
    }

    /// <summary>What a user is told to trust: the root alone.</summary>
    internal string Pem => _root.ExportCertificatePem();

    /// <summary>Writes what a server needs: <c>tls.pem</c>, <c>tls.key</c> and <c>tls.ca</c>, which it sends along.</summary>
    internal void Issue(string folder, string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request($"CN={host}", key, isAuthority: false);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_issuer, From, From.AddDays(8), [3]);
        File.WriteAllText(Path.Combine(folder, "tls.pem"), signed.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "tls.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "tls.ca"), _issuer.ExportCertificatePem());
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _root.Dispose();
    }

    private static X509Certificate2 Own(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(name, key, isAuthority: true).CreateSelfSigned(From, From.AddDays(10));
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        return request;
    }
}
