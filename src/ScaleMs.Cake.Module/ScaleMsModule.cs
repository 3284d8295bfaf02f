using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.Composition;
using Cake.Core.IO;
using Path = System.IO.Path;
using ScaleMs.Module;

[assembly: CakeModule(typeof(ScaleMsModule))]

namespace ScaleMs.Module;

/// <summary>Makes <c>dotnet cake</c> run its targets through the ScaleMs engine.</summary>
/// <remarks>
/// Cake finds this class through the file's name (<c>Cake.*.Module.dll</c> in the module folder) and applies its registrations
/// after its own, so that the last engine registered, ours, is the one a script gets. It knows no workflow and no script.
/// </remarks>
/// <param name="arguments">The arguments of this call; Cake fills it in.</param>
public sealed class ScaleMsModule(ICakeArguments arguments) : ICakeModule
{
    /// <summary>The name under which <see cref="AppContext.GetData"/> tells a script the folder of the module that Cake applied; null: none.</summary>
    public const string FolderKey = "ScaleMs.Module.Folder";

    /// <summary>Registers the engine, and arguments that remember what the script asked for.</summary>
    /// <param name="registrar">Cake's container under construction.</param>
    /// <exception cref="CakeException">The module's package is installed in two versions: says which, and where.</exception>
    public void Register(ICakeContainerRegistrar registrar)
    {
        ArgumentNullException.ThrowIfNull(registrar);
        InstalledVersions.RefuseSeveral(Path.GetDirectoryName(typeof(ScaleMsModule).Assembly.Location)!);
        // Not to be told from the loaded assemblies: Cake 7 gives every module it finds to the script, applied or not.
        AppContext.SetData(FolderKey, Path.GetDirectoryName(typeof(ScaleMsModule).Assembly.Location));
        registrar.RegisterType<ScaleMsEngine>().As<ICakeEngine>().Singleton();
        registrar.RegisterType<GroupedProcessRunner>().As<IProcessRunner>().Singleton();
        registrar.RegisterInstance(new AskedArguments(arguments)).As<ICakeArguments>().Singleton();
    }
}
