using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>The working directory that the build's own code asked for.</summary>
internal sealed record WorkingDirectory(DirectoryPath Path);
