using Cake.Core;

namespace ScaleMs.Module;

/// <summary>The versions of this module's package in Cake's module folder: <c>tools/Modules/Cake.ScaleMs.Module.0.1.0/lib/net10.0</c>.</summary>
internal static class InstalledVersions
{
    private const string Package = "Cake.ScaleMs.Module.";

    /// <summary>Cake keeps each version that a script ever asked for, and loads whichever it finds first; the script's own may then be missing without a word.</summary>
    public static void RefuseSeveral(string folder)
    {
        if (Directory.GetParent(folder)?.Parent is not { Name: var name, Parent: { } modules } || !name.StartsWith(Package, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var versions = modules.GetDirectories($"{Package}*").Select(one => one.Name[Package.Length..]).Order(StringComparer.Ordinal).ToList();
        if (versions.Count > 1)
        {
            throw new CakeException(
                $"The package Cake.ScaleMs.Module is installed in several versions ({string.Join(", ", versions)}) in {modules.FullName}, and only one of them can be loaded. " +
                "Remove the folders of all but the one that the script names, then start again.");
        }
    }
}
