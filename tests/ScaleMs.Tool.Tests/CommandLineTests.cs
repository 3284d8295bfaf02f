using ScaleMs.Tool.Wording;

namespace ScaleMs.Tool.Tests;

/// <summary>What is typed, and what is said about it.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("gc --older-than soon", "give an age such as 30d, 12h or 90min")]
    [InlineData("gc --max-size big", "give a size such as 50GB, 512MiB or 0")]
    [InlineData("gc --keep-runs -1", "--keep-runs takes 0 or more")]
    [InlineData("gc --records", "--records needs --older-than AGE")]
    [InlineData("gc --oldr-than 1d", "--oldr-than")]
    [InlineData("verfy", "verfy")]
    [InlineData("graph --host /nowhere/Host.dll", "there is no host '/nowhere/Host.dll': name the program that defines the workflow with --host")]
    [InlineData("graph --workspace /nowhere/at/all", "no host was found in '/nowhere/at/all'")]
    [InlineData("graph --format svg", "svg")]
    [InlineData("status --format xml", "xml")]
    [InlineData("status --workspace /nowhere/at/all", "there is no store at '/nowhere/at/all/.scalems'")]
    [InlineData("import simulate", "--from")]
    [InlineData("import --from .", "STEP")]
    [InlineData("du -- --target=x", "'--target=x' after '--' is for a workflow's host, and this command starts none")]
    [InlineData("config show --workspace /nowhere/at/all", "no host was found in '/nowhere/at/all'")]
    [InlineData("config show --host no-such-program", "there is no host 'no-such-program'")]
    [InlineData("du --workspace /nowhere/at/all", "there is no store at '/nowhere/at/all/.scalems'")]
    public void CommandLine_WrongUse_IsCode2AndNamesIt(string line, string said)
    {
        var (code, output) = Run(line.Split(' '));
        Assert.Equal(2, code);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("gc --help")]
    public void CommandLine_Help_IsCode0(string line) => Assert.Equal(0, Run(line.Split(' ')).Code);

    [Fact]
    public void Options_OnTheToolsPage_AreThoseOfTheProgram()
    {
        var page = File.ReadAllText(Path.Combine(Repository, "docs", "tool.md"));
        var help = string.Concat(new[] { "verify", "du", "gc", "why", "diff", "log", "graph", "import", "config show", "doctor", "status", "attach", "cancel", "pilot", "worker", "top", "blobs" }.Select(command => Run([.. command.Split(' '), "--help"]).Said));
        var told = System.Text.RegularExpressions.Regex.Matches(page, "--[a-z][a-z-]+").Select(match => match.Value).Where(option => option is not ("--project" or "--config-show")).Distinct();
        Assert.All(told, option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    /// <summary>Any program will do as a host here: what matters is what it is given.</summary>
    [Fact]
    public void ConfigShow_OfAHost_GivesItTheArgumentsAndItsAnswer()
    {
        var folder = Directory.CreateTempSubdirectory("scalems-config-").FullName;
        File.WriteAllText(Path.Combine(folder, "build.sh"), "#!/bin/sh\necho \"$@\"\nexit 3\n");
        File.SetUnixFileMode(Path.Combine(folder, "build.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        var (code, said) = Run(["config", "show", "--workspace", folder, "--json", "--", "--target=a b", "--set", "n=1"]);
        Directory.Delete(folder, recursive: true);
        Assert.Equal((3, "--config-show --format=json --target=a b --set n=1\n"), (code, said));
    }

    private static string Repository { get; } = Above(AppContext.BaseDirectory);

    private static string Above(string directory) =>
        File.Exists(Path.Combine(directory, "ScaleMs.sln")) ? directory : Above(Path.GetDirectoryName(directory.TrimEnd('/'))!);

    [Theory]
    [InlineData("50GB", 50_000_000_000)]
    [InlineData("1.5 GiB", 1_610_612_736)]
    [InlineData("7", 7)]
    [InlineData("2kb", 2000)]
    public void Size_Written_IsRead(string text, long expected)
    {
        Assert.True(Size.TryParse(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GB")]
    [InlineData("-1GB")]
    [InlineData("9999999999TB")]
    public void Size_Unreadable_IsRefused(string text) => Assert.False(Size.TryParse(text, out _));

    [Theory]
    [InlineData("30d", 43200)]
    [InlineData("2w", 20160)]
    [InlineData("1.5h", 90)]
    [InlineData("90min", 90)]
    public void Age_Written_IsRead(string text, int minutes)
    {
        Assert.True(Age.TryParse(text, out var age));
        Assert.Equal(TimeSpan.FromMinutes(minutes), age);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("0d")]
    [InlineData("-3d")]
    [InlineData("d")]
    [InlineData("99999w")]
    public void Age_Unreadable_IsRefused(string text) => Assert.False(Age.TryParse(text, out _));

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(1234, "1.2 kB")]
    [InlineData(48_300_000_000, "48.3 GB")]
    public void Size_OfBytes_HasAUnit(long bytes, string expected) => Assert.Equal(expected, Size.Of(bytes));

    private static (int Code, string Said) Run(params string[] args)
    {
        using var said = new StringWriter();
        return (CommandLine.Run(args, said, said), said.ToString());
    }
}
