using ScaleMs.Launchers.Calls;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

/// <summary>What this process has open below a directory.</summary>
public sealed class OpenFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("open");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void AreBelow_AFileIsOpenThere_IsTrueUntilItIsClosed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux alone tells what is open");
        using (File.Create(Path.Combine(_folder.FullName, "file")))
        {
            Assert.True(AreBelow(_folder.FullName));
        }

        Assert.False(AreBelow(_folder.FullName));
    }

    [Fact]
    public void AreBelow_AFileIsOpenInAFolderWhoseNameBeginsAlike_IsFalse()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux alone tells what is open");
        var folder = _folder.CreateSubdirectory("a");
        using var other = File.Create(Path.Combine(_folder.CreateSubdirectory("ab").FullName, "file"));
        Assert.False(AreBelow(folder.FullName));
    }

    [Fact]
    public void AreBelow_SystemTellsNothing_IsTrue() => Assert.True(OpenFiles.AreBelow(_folder.FullName, string.Empty));

    private static bool AreBelow(string directory) => OpenFiles.AreBelow(directory, ProcFiles.StatusOf(Environment.ProcessId));
}
