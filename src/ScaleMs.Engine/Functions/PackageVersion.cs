using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ScaleMs.Engine.Functions;

/// <summary>Reads a package's version from its assembly file, so that every host sees the same one.</summary>
internal static class PackageVersion
{
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream, PEStreamOptions.PrefetchMetadata);
        var reader = image.GetMetadataReader();
        var version = reader.GetAssemblyDefinition().Version.ToString();

        // Many packages freeze the assembly version over a major line; the build metadata after '+' is a commit, not a version.
        var informational = Attribute(reader, nameof(AssemblyInformationalVersionAttribute))?.Split('+')[0]
            ?? Attribute(reader, nameof(AssemblyFileVersionAttribute));
        return informational is null || informational == version ? version : $"{informational} (assembly {version})";
    }

    private static string? Attribute(MetadataReader reader, string name)
    {
        foreach (var handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind == HandleKind.MemberReference
                && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
                && reader.StringComparer.Equals(reader.GetTypeReference((TypeReferenceHandle)type).Name, name))
            {
                // Both attributes hold one string, after the two bytes of the prolog.
                var value = reader.GetBlobReader(attribute.Value);
                return value.ReadUInt16() == 1 ? value.ReadSerializedString() : null;
            }
        }

        return null;
    }
}
