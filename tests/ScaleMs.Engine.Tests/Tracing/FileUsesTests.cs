using ScaleMs.Engine.Tracing;
using Xunit;

namespace ScaleMs.Engine.Tests.Tracing;

/// <summary>What lines of strace say, those that two processes write at once too.</summary>
public sealed class FileUsesTests
{
    [Theory]
    [InlineData("""7 openat(AT_FDCWD</w>, "a.txt", O_RDONLY) = 3</w/a.txt>""", "Read /w/a.txt (/w/a.txt)")]
    [InlineData("""7 openat(AT_FDCWD</w>, "../b/./c", O_RDONLY|O_CLOEXEC) = 3</real/c>""", "Read /b/c (/real/c)")]
    [InlineData("""7 openat(5</data/in>, "x", O_RDONLY) = 6</data/in/x>""", "Read /data/in/x (/data/in/x)")]
    [InlineData("""7 open("/abs", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3</abs>""", "Write /abs (/abs)")]
    [InlineData("""7 openat(AT_FDCWD</w>, "d", O_RDONLY|O_DIRECTORY) = 3</w/d>""", "")]
    [InlineData("""7 openat(AT_FDCWD</w>, "\303\266 \"x\" (1), 2", O_RDONLY) = 3</w/\303\266 x>""", "Read /w/ö \"x\" (1), 2 (/w/ö x)")]
    [InlineData("""7 openat(AT_FDCWD</w>, "/root/.gmxrc", O_RDONLY) = -1 ENOENT (No such file or directory)""", "Miss /root/.gmxrc ()")]
    [InlineData("""7 openat(AT_FDCWD</w>, "/root/secret", O_RDONLY) = -1 EACCES (Permission denied)""", "")]
    [InlineData("""7 newfstatat(AT_FDCWD</w>, "/x", {st_mode=S_IFREG|0644, st_size=3, ...}, 0) = 0""", "")]
    [InlineData("""7 newfstatat(3</w/a>, "", {st_mode=S_IFREG|0644, ...}, AT_EMPTY_PATH) = 0""", "")]
    [InlineData("""7 access("rc", R_OK) = -1 ENOENT (No such file or directory)""", "Miss /start/rc ()")]
    [InlineData("""7 execve("/opt/tool", ["tool", "-c", "a, b) = 3"...], 0x7ff /* 47 vars */) = 0""", "Execute /opt/tool ()")]
    [InlineData("""7 renameat2(AT_FDCWD</w>, "a", AT_FDCWD</w>, "/out/b", RENAME_NOREPLACE) = 0""", "Remove /w/a (), Write /out/b ()")]
    [InlineData("""7 symlink("target", "/out/link") = 0""", "Write /out/link ()")]
    [InlineData("""7 unlinkat(AT_FDCWD</w>, "/tmp/x", 0) = 0""", "Remove /tmp/x ()")]
    [InlineData("7 +++ exited with 0 +++", "")]
    [InlineData("7 --- SIGCHLD {si_signo=SIGCHLD} ---", "")]
    [InlineData("7 exit_group(0) = ?", "")]
    [InlineData("no trace at all (", "")]
    [InlineData("""7 openat(AT_FDCWD</w, "cut""", "")]
    public void Uses_OfALine_AreThoseOfTheCall(string line, string expected) => Assert.Equal(expected, Told(line));

    [Fact]
    public void Uses_InPiecesOfTwoProcesses_BelongToWhoBeganThem() => Assert.Equal("Read /w/one (/w/one), Read /w/two (/w/two)", Told(
        """7 openat(AT_FDCWD</w>, "two",  <unfinished ...>""",
        """8 openat(AT_FDCWD</w>, "one", O_RDONLY) = 3</w/one>""",
        """7 <... openat resumed>O_RDONLY) = 3</w/two>"""));

    [Fact]
    public void Uses_AfterAChangeOfDirectory_AreRelativeToIt() => Assert.Equal("Miss /elsewhere/a (), Miss /elsewhere/b (), Miss /start/c ()", Told(
        """7 chdir("../elsewhere") = 0""",
        """7 clone(child_stack=NULL, flags=SIGCHLD) = 8""",
        """7 access("a", R_OK) = -1 ENOENT (No such file or directory)""",
        """8 access("b", R_OK) = -1 ENOENT (No such file or directory)""",
        """8 fchdir(3</start>) = 0""",
        """8 access("c", R_OK) = -1 ENOENT (No such file or directory)"""));

    [Fact]
    public void Uses_OfAChildThatIsFasterThanItsParent_AreRelativeToTheParents() => Assert.Equal("Miss /sub/a ()", Told(
        """7 chdir("/sub") = 0""",
        "7 vfork( <unfinished ...>",
        """8 access("a", R_OK) = -1 ENOENT (No such file or directory)""",
        "7 <... vfork resumed>) = 8"));

    private static string Told(params string[] lines) => string.Join(", ", new FileUses("/start").Of(lines).Select(use => $"{use.Kind} {use.Path} ({use.Real})"));
}
