using ScaleMs.Core.Records;

namespace ScaleMs.Testing;

/// <summary>A file, directory or link of a <see cref="MemoryDisk"/>.</summary>
internal sealed class MemoryNode(ulong inode, uint mode)
{
    public const uint File = 0x81A4;
    public const uint Program = 0x81ED;
    public const uint Directory = 0x41ED;
    public const uint Link = 0xA1FF;

    /// <summary>A file's bytes; the array is replaced and never changed, so copies may share it.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>Where a link points.</summary>
    public string Target { get; init; } = string.Empty;

    /// <summary>What a directory holds; null for anything else.</summary>
    public SortedDictionary<string, MemoryNode>? Children { get; } = mode == Directory ? new SortedDictionary<string, MemoryNode>(StringComparer.Ordinal) : null;

    public long ModifiedNs { get; set; }

    public long ChangedNs { get; set; }

    public bool IsFile => (mode & 0xF000) == 0x8000;

    public bool IsLink => mode == Link;

    public FileStat Stat => new(1, inode, IsLink ? Target.Length : Bytes.Length, ModifiedNs, ChangedNs, mode);
}
