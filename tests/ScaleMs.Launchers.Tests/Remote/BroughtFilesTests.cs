using System.Diagnostics;
using System.Text;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using Xunit;

namespace ScaleMs.Launchers.Tests.Remote;

/// <summary>Small files that come with the end of an attempt.</summary>
public sealed class BroughtFilesTests
{
    private static readonly AttemptOutput Output = new(ArtifactPath.Parse("out"), AttemptOutputKind.File) { Bytes = 3 };

    public static TheoryData<string> Shells => WrapperSpace.Shells;

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task End_OfAnAttemptWithSmallFiles_BringsThem(string shell)
    {
        const string Odd = "it's $(one); `two` & é";
        using var space = new WrapperSpace(shell);
        string[] words = ["files/none", "files/empty", $"files/{Odd}"];
        var script = LaunchSpace.Shell($"printf 'a\\0b' > out; mkdir tree; : > tree/.empty; printf c > 'tree/{Odd.Replace("'", "'\\''", StringComparison.Ordinal)}'; : > empty; cp tree/it* .; printf said");
        var (brought, result) = await RunAsync(space, words, [script], new LaunchOutput(ArtifactPath.Parse("out"), false), new LaunchOutput(ArtifactPath.Parse("tree"), true));
        var files = brought.Take(result.Outputs, "files", ["log", .. words])!;
        Assert.Equal(("a\0b", "c", "", "said", "", "c"), (TextOf("files/out"), TextOf($"files/tree/{Odd}"), TextOf("files/tree/.empty"), TextOf("log"), TextOf("files/empty"), TextOf($"files/{Odd}")));
        Assert.Null(files["files/none"]);

        string TextOf(string path) => Encoding.UTF8.GetString(files[path]!.Value.Span);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task End_OfAnAttemptWithFilesThatAreLarge_BringsNone(string shell)
    {
        using var space = new WrapperSpace(shell);
        var (brought, result) = await RunAsync(space, [], [LaunchSpace.Shell($"head -c {BroughtFiles.MostBytes} /dev/zero > out; printf said")], new LaunchOutput(ArtifactPath.Parse("out"), false));
        Assert.Equal(BroughtFiles.MostBytes, Assert.Single(result.Outputs).Bytes);
        Assert.Null(brought.Take(result.Outputs, "files", ["log"]));
    }

    [Fact]
    public void Files_InPieces_AreTakenByTheirLengths()
    {
        var brought = Brought("2 -", "YWJj", "ZGU=");
        var files = brought.Take([Output], "files", ["log", "word"]);
        Assert.Equal(("abc", "de", null), (Encoding.ASCII.GetString(files!["files/out"]!.Value.Span), Encoding.ASCII.GetString(files["log"]!.Value.Span), files["word"]));
    }

    [Theory]
    [InlineData("2", "YWJj")]
    [InlineData("2", "YWJj", "ZGVm")]
    [InlineData("1 1", "YWJj", "ZGU=")]
    [InlineData("-2", "YWJj", "ZGU=")]
    [InlineData("99999999999999999999", "YWJj", "ZGU=")]
    [InlineData("2", "YWJj", "no base64")]
    [InlineData("", "YWJj", "ZGU=")]
    public void Files_ThatAreNotWhole_AreNotTaken(string lengths, params string[] pieces) => Assert.Null(Brought(lengths, pieces).Take([Output], "files", ["log"]));

    [Fact]
    public void Files_OfAHostThatSendsWithoutEnd_AreNotKept()
    {
        var brought = Brought("2", [.. Enumerable.Repeat(new string('A', 4000), 20)]);
        Assert.Null(brought.Take([Output with { Bytes = 59_998 }], "files", ["log"]));
    }

    [Fact]
    public void Files_OfWhichNothingCame_AreNotTaken() => Assert.Null(new BroughtFiles().Take([], "files", ["log"]));

    private static BroughtFiles Brought(string lengths, params string[] pieces)
    {
        var brought = new BroughtFiles();
        brought.Expect(lengths);
        Array.ForEach(pieces, brought.Append);
        return brought;
    }

    /// <summary>What a starter tells of an attempt.</summary>
    private static async Task<(BroughtFiles Brought, AttemptResult Result)> RunAsync(WrapperSpace space, string[] words, LaunchCommand[] commands, params LaunchOutput[] outputs)
    {
        var request = space.Request(commands) with { Outputs = outputs };
        await File.WriteAllTextAsync(space.PathOf(AttemptFiles.Order), OrderText.Of(request, space.Site, AttemptPlace.Shared(space.Files), words));
        using var starter = Process.Start(new ProcessStartInfo(space.Shell, [WrapperFile.Put(space.Top), "--serve"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await starter.StandardInput.WriteAsync($"7 {space.Root}\n");
        starter.StandardInput.Close();
        var brought = new BroughtFiles();
        var line = await starter.StandardOutput.ReadLineAsync();
        for (; !line!.StartsWith("@r 7", StringComparison.Ordinal); line = await starter.StandardOutput.ReadLineAsync())
        {
            Hear(brought, line);
        }

        await starter.WaitForExitAsync();
        return (brought, space.Result());
    }

    private static void Hear(BroughtFiles brought, string line)
    {
        if (line.StartsWith("@w 7 ", StringComparison.Ordinal))
        {
            brought.Expect(line[5..]);
        }
        else
        {
            Assert.StartsWith("@f 7 ", line, StringComparison.Ordinal);
            brought.Append(line[5..]);
        }
    }
}
