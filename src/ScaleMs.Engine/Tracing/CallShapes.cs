namespace ScaleMs.Engine.Tracing;

/// <summary>Where a system call names a path, and what it does there.</summary>
/// <param name="Kind">What it does when it succeeds; null when it only looks.</param>
/// <param name="Path">The argument that is the path.</param>
/// <param name="Folder">The argument that is the folder it is relative to; -1 for the working directory.</param>
internal sealed record PathShape(FileUseKind? Kind, int Path, int Folder = -1);

/// <summary>What each system call does with paths.</summary>
internal static class CallShapes
{
    public static IEnumerable<PathShape> Of(StraceCall call) => call.Name switch
    {
        "open" => [new(OpenKind(call, 1), 0)],
        "openat" or "openat2" => [new(OpenKind(call, 2), 1, 0)],
        "creat" or "mkdir" or "mknod" or "truncate" or "chmod" or "chown" or "lchown" or "utime" or "utimes" => [new(FileUseKind.Write, 0)],
        "mkdirat" or "mknodat" or "fchmodat" or "fchmodat2" or "fchownat" or "utimensat" or "futimesat" => [new(FileUseKind.Write, 1, 0)],
        "execve" => [new(FileUseKind.Execute, 0)],
        "execveat" => [new(FileUseKind.Execute, 1, 0)],
        "stat" or "lstat" or "access" or "readlink" => [new(null, 0)],
        "newfstatat" or "fstatat64" or "faccessat" or "faccessat2" or "readlinkat" or "statx" => [new(null, 1, 0)],
        _ => OfNames(call.Name),
    };

    private static PathShape[] OfNames(string name) => name switch
    {
        "unlink" or "rmdir" => [new(FileUseKind.Remove, 0)],
        "unlinkat" => [new(FileUseKind.Remove, 1, 0)],
        "rename" => [new(FileUseKind.Remove, 0), new(FileUseKind.Write, 1)],
        "renameat" or "renameat2" => [new(FileUseKind.Remove, 1, 0), new(FileUseKind.Write, 3, 2)],
        "link" or "symlink" => [new(FileUseKind.Write, 1)],
        "linkat" => [new(FileUseKind.Write, 3, 2)],
        "symlinkat" => [new(FileUseKind.Write, 2, 1)],
        _ => [],
    };

    /// <summary>Opening a folder, or only a name, reads no file.</summary>
    private static FileUseKind? OpenKind(StraceCall call, int flags)
    {
        var told = flags < call.Arguments.Count ? call.Arguments[flags].Raw : string.Empty;
        return new[] { "O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC" }.Any(flag => told.Contains(flag, StringComparison.Ordinal)) ? FileUseKind.Write
            : told.Contains("O_DIRECTORY", StringComparison.Ordinal) || told.Contains("O_PATH", StringComparison.Ordinal) ? null
            : FileUseKind.Read;
    }
}
