using System.Text.RegularExpressions;
using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.DotNet;

/// <summary>The identity of what a restore found (<c>project.assets.json</c>): every line but those with an absolute path.</summary>
/// <remarks>
/// What counts are the packages with their versions and SHA-512 digests, and what a project takes of each. NuGet writes a value a line, and besides says where the
/// project, the packages and the settings lie. Thread-safe.
/// </remarks>
public sealed partial class AssetsIdentity : ContentIdentity
{
    private readonly LineIdentity _lines = new("dotnet.assets", 1, Keep);

    private AssetsIdentity() => ShellFilter = @"awk '{ sub(/\r+$/, """") } /^[ \t]*""sha512""/ || !/""([A-Za-z]:)?[\/\\]/'";

    /// <summary>The identity; it has no options.</summary>
    public static AssetsIdentity Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => _lines.Name;

    /// <inheritdoc/>
    public override int Version => _lines.Version;

    /// <inheritdoc/>
    public override IContentDigester Start() => _lines.Start();

    private static string? Keep(string line) => AbsolutePath().IsMatch(line) ? null : line;

    [GeneratedRegex(@"^(?!\s*""sha512"").*""([A-Za-z]:)?[/\\]", RegexOptions.CultureInvariant)]
    private static partial Regex AbsolutePath();
}
