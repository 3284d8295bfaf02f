using System.Text;

namespace ScaleMs.Launchers.Remote;

/// <summary>Files that only their owner may read, there whole or not at all, and folders.</summary>
internal static class OwnFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes beside the path and renames.</summary>
    internal static void Write(string path, string text)
    {
        var fresh = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}");
        using (var file = new FileStream(fresh, Options()))
        {
            file.Write(Utf8.GetBytes(text));
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Makes a folder, if it is not there, that only its owner may enter.</summary>
    internal static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
