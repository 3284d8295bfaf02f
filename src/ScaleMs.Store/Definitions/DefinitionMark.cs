using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>What tells one kept definition from another that stood under the same name.</summary>
/// <param name="Length">The file's length in bytes.</param>
/// <param name="Checksum">The checksum of its body.</param>
internal sealed record DefinitionMark(long Length, uint Checksum)
{
    public void Write(BinarySink sink)
    {
        sink.Signed(Length);
        sink.Number(Checksum);
    }

    public static DefinitionMark Read(BinarySource source) => new(source.Signed(), (uint)source.Number());
}
