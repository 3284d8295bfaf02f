using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>The identity of an mdrun log: the parameters, the set-up and the physics; no dates, places, hardware or timings.</summary>
/// <remarks>
/// Two <c>-reprod</c> runs of one run input have equal identities, however often they wrote a checkpoint. A text without the heading
/// <c>Input Parameters:</c> is no log of mdrun, or one of an unknown layout, and counts byte by byte. Thread-safe.
/// </remarks>
public sealed class LogIdentity : ContentIdentity
{
    private LogIdentity()
    {
    }

    /// <summary>The identity; it has no options.</summary>
    public static LogIdentity Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "gromacs.log";

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override IContentDigester Start() => new Digester();

    private sealed class Digester : IContentDigester
    {
        private readonly LogFilter _filter = new();
        private readonly IContentDigester _lines;
        private readonly IContentDigester _bytes = Bytes.Start();

        public Digester() => _lines = new LineIdentity("gromacs.log", 1, _filter.Keep).Start();

        public void Append(ReadOnlySpan<byte> bytes)
        {
            _lines.Append(bytes);
            _bytes.Append(bytes);
        }

        public Digest Finish()
        {
            var (lines, bytes) = (_lines.Finish(), _bytes.Finish());
            return _filter.HasFoundParameters ? lines : bytes;
        }
    }
}
