using System.Buffers;
using System.Security.Cryptography;
using ScaleMs.Core.Digests;

namespace ScaleMs.Engine.Comparing;

/// <summary>Hashes what a filter prints.</summary>
internal sealed class DigestSink : IFilterSink, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Lock _gate = new();
    private bool _isClosed;

    /// <summary>The digest of everything; known when the filter has ended without a problem.</summary>
    public Digest Digest { get; private set; }

    public string? Problem { get; private set; }

    public void Pass(ReadOnlySpan<byte> bytes, IBufferWriter<byte> log)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _hash.AppendData(bytes);
            }
        }
    }

    public void End(IBufferWriter<byte> log)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                Digest = new Digest(_hash.GetHashAndReset());
            }
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Problem = Digest.IsNone ? FilterRunner.NeverEnded : null;
        }
    }

    public void Dispose() => _hash.Dispose();
}
