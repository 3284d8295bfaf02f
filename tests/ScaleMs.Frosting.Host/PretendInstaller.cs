using Cake.Core.IO;
using Cake.Core.Packaging;

namespace ScaleMs.Frosting.Host;

/// <summary>Installs from the scheme <c>pretend:</c> whatever is asked for: an empty file.</summary>
internal sealed class PretendInstaller(IFileSystem files) : IPackageInstaller
{
    public bool CanInstall(PackageReference package, PackageType type) => package.Scheme == "pretend";

    public IReadOnlyCollection<IFile> Install(PackageReference package, PackageType type, DirectoryPath path)
    {
        Told.Line($"install {type} {package.Package}");
        var file = files.GetFile(path.CombineWithFilePath(package.Package));
        files.GetDirectory(path).Create();
        file.OpenWrite().Dispose();
        return package.Package == "nothing" ? [] : [file];
    }
}
