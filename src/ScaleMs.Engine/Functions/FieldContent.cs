using System.Reflection.Metadata;
using System.Security.Cryptography;

namespace ScaleMs.Engine.Functions;

/// <summary>Digests the bytes behind a field that is mapped from the image: the data of array initialisers and of constant spans.</summary>
internal static class FieldContent
{
    public static string Sha256Hex(FieldId field)
    {
        var data = field.Module.Image.GetSectionData(field.Definition.GetRelativeVirtualAddress());
        return Convert.ToHexStringLower(SHA256.HashData(data.GetContent(0, Math.Min(Size(field), data.Length)).AsSpan()));
    }

    private static int Size(FieldId field)
    {
        var reader = field.Module.Reader;
        var blob = reader.GetBlobReader(field.Definition.Signature);
        blob.ReadSignatureHeader();
        return blob.ReadSignatureTypeCode() switch
        {
            SignatureTypeCode.Boolean or SignatureTypeCode.SByte or SignatureTypeCode.Byte => 1,
            SignatureTypeCode.Char or SignatureTypeCode.Int16 or SignatureTypeCode.UInt16 => 2,
            SignatureTypeCode.Int32 or SignatureTypeCode.UInt32 or SignatureTypeCode.Single => 4,
            SignatureTypeCode.Int64 or SignatureTypeCode.UInt64 or SignatureTypeCode.Double => 8,
            SignatureTypeCode.TypeHandle when blob.ReadTypeHandle() is { Kind: HandleKind.TypeDefinition } type =>
                reader.GetTypeDefinition((TypeDefinitionHandle)type).GetLayout().Size,
            _ => 0,
        };
    }
}
