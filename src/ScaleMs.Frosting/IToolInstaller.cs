using Cake.Core.Packaging;

namespace Cake.Frosting;

/// <summary>Installs the tools a build asks for before its first task.</summary>
public interface IToolInstaller
{
    /// <summary>Installs a tool with the package installer that knows its scheme.</summary>
    /// <param name="tool">The package that holds the tool.</param>
    void Install(PackageReference tool);
}
