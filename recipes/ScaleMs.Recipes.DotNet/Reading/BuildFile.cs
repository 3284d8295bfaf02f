using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace ScaleMs.Recipes.DotNet;

/// <summary>What a project file, or a file that one imports, says. Conditions are not evaluated: what is said under one counts as said.</summary>
internal sealed partial class BuildFile
{
    // What they include are names, not files.
    private static readonly string[] NameItems =
    [
        "PackageReference", "PackageVersion", "PackageDownload", "GlobalPackageReference", "FrameworkReference", "KnownFrameworkReference", "Reference", "Using", "InternalsVisibleTo", "AssemblyAttribute",
        "AssemblyMetadata", "RuntimeHostConfigurationOption", "ProjectCapability", "CompilerVisibleProperty", "CompilerVisibleItemMetadata", "SupportedPlatform", "TrimmerRootAssembly", "SourceRoot",
    ];

    private static readonly string[] FileProperties =
    [
        "AssemblyOriginatorKeyFile", "ApplicationIcon", "ApplicationManifest", "CodeAnalysisRuleSet", "NuspecFile", "Win32Resource", "RestoreConfigFile", "RunSettingsFilePath",
    ];

    private readonly List<Mention> _mentions = [];

    /// <exception cref="XmlException">The text is no XML.</exception>
    public BuildFile(string path, IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines);
        Path = path;
        LooksUp = [.. LookUp().Matches(text).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];
        foreach (var element in XDocument.Parse(text, LoadOptions.SetLineInfo).Root!.Descendants())
        {
            Read(element);
        }
    }

    /// <summary>The path, relative to the workspace.</summary>
    public string Path { get; }

    /// <summary>The folder, relative to the workspace.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    /// <summary>The files that it names, literally or with properties.</summary>
    public IReadOnlyList<Mention> Mentions => _mentions;

    /// <summary>Names of files that it looks for in the folders above, by a function of MSBuild.</summary>
    public IReadOnlyList<string> LooksUp { get; }

    /// <summary>The properties that it sets, in order, with their values as they are written.</summary>
    public List<(string Name, string Value)> Properties { get; } = [];

    private void Read(XElement element)
    {
        var name = element.Name.LocalName;
        if (element.Parent?.Name.LocalName == "PropertyGroup")
        {
            Properties.Add((name, element.Value.Trim()));
            Add(FileProperties.Contains(name, StringComparer.OrdinalIgnoreCase) ? element.Value : null, MentionKind.Item, element);
        }
        else if (name == "Import")
        {
            Add(element.Attribute("Sdk") is null ? element.Attribute("Project")?.Value : null, MentionKind.Import, element);
        }
        else
        {
            Add(NameItems.Contains(name, StringComparer.Ordinal) ? null : element.Attribute("Include")?.Value, name == "ProjectReference" ? MentionKind.Reference : MentionKind.Item, element);
            Add(name == "HintPath" ? element.Value : element.Attribute("HintPath")?.Value, MentionKind.Item, element);
        }
    }

    private void Add(string? paths, MentionKind kind, XElement element)
    {
        foreach (var path in (paths ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            _mentions.Add(new Mention(kind, path, Path, ((IXmlLineInfo)element).LineNumber) { IsInTarget = element.Ancestors().Any(above => above.Name.LocalName == "Target") });
        }
    }

    [GeneratedRegex(@"(?:GetPathOfFileAbove\(\s*|GetDirectoryNameOfFileAbove\([^,)]*,\s*)['""]?([^'""),]+)", RegexOptions.CultureInvariant)]
    private static partial Regex LookUp();
}
