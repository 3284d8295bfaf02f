using ScaleMs.Core.Digests;

namespace ScaleMs.Store.Archives;

/// <summary>A member as it stands in the file, before the directory told its permissions.</summary>
/// <param name="Name">Its name, a character for each byte.</param>
/// <param name="Check">Its check sum.</param>
/// <param name="Content">The digest of its content.</param>
internal sealed record ZipMember(string Name, uint Check, Digest Content);
