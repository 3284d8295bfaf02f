using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Core.Tooling;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>
/// Cake's tool installer, made when a tool is first asked for: every Cake context holds one, and making it loads the NuGet client
/// that most runs never use.
/// </summary>
internal sealed class DeferredToolInstaller(IServiceProvider services) : Core.Tooling.IToolInstaller, IToolInstaller
{
    private readonly Lazy<ToolInstaller> installer = new(() => ActivatorUtilities.CreateInstance<ToolInstaller>(services));

    public IEnumerable<FilePath> Install(PackageReference tool) => installer.Value.Install(tool);

    void IToolInstaller.Install(PackageReference tool)
    {
        try
        {
            // Cake's installer works while its answer is enumerated: without the list nothing would be installed.
            _ = Install(tool).ToList();
        }
        catch (CakeException exception)
        {
            throw new FrostingException(exception.Message, exception);
        }
    }
}
