using System.Globalization;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using Xunit;

namespace ScaleMs.Launchers.Tests.Remote;

public sealed class WrapperOutputTests
{
    public static TheoryData<string> Shells => WrapperSpace.Shells;

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Tree_IsTold_WithFoldersLinksAndHiddenFiles(string shell)
    {
        using var space = new WrapperSpace(shell);
        const string script = "mkdir -p out/a/empty out/.h; echo 1 > out/a/1; echo 2 > out/.h/..2; ln -s a/1 out/link; mkfifo out/pipe; printf '#!' > out/run; chmod +x out/run; : > out/none";
        var result = await RunAsync(space, script);
        Assert.Equal(
            [
                "Directory out", "Directory out/.h", $"File out/.h/..2 2 {Brief("2\n")}", "Directory out/a", $"File out/a/1 2 {Brief("1\n")}", "Directory out/a/empty",
                "Link out/link a/1", $"File out/none 0 {Brief(string.Empty)}", "Other out/pipe", $"File out/run 2 {Brief("#!")} x",
            ],
            Told(result));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Tree_HasHostileNames_EachIsToldAsItIs(string shell)
    {
        using var space = new WrapperSpace(shell);
        string[] names = ["a b", "-n", "'", "\"", "new\nline", "end\n", "tab\t", "\u0001\u007f", "$(touch no)", "*", "ä€😀", "[!.]*", "..x", "{\"path\":\"no\"}"];
        Directory.CreateDirectory(space.FileOf("out"));
        foreach (var name in names)
        {
            await File.WriteAllTextAsync(Path.Combine(space.FileOf("out"), name), name);
        }

        var result = await RunAsync(space, ":");
        Assert.Equal(names.Select(name => $"File out/{name} {System.Text.Encoding.UTF8.GetByteCount(name)} {Brief(name)}").Order(StringComparer.Ordinal), Told(result)[1..]);
        Assert.False(space.Has("no"));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Tree_HasManyFiles_AllAreTold(string shell)
    {
        using var space = new WrapperSpace(shell);
        var result = await RunAsync(space, "mkdir out; i=0; while [ $i -lt 203 ]; do echo $i > out/$i; i=$((i + 1)); done");
        Assert.Equal(204, result.Outputs.Count);
        Assert.All(result.Outputs.Skip(1), output => Assert.Equal(Digest.OfText(output.Path.FileName + "\n"), output.Digest));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Name_IsNotUtf8_ResultIsRefusedAndSaysWhy(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell("mkdir out; : > \"$(printf 'out/\\377')\"")) with { Outputs = [new LaunchOutput(ArtifactPath.Parse("out"), IsTree: true)] });
        using var wrapper = space.Start();
        await wrapper.WaitForExitAsync();
        using (var remover = System.Diagnostics.Process.Start("/bin/rm", ["-r", space.FileOf("out")])) // .NET cannot name it
        {
            await remover.WaitForExitAsync();
        }

        Assert.Null(AttemptResult.Read(await File.ReadAllTextAsync(space.PathOf(AttemptFiles.Result)), out var problem));
        Assert.Equal("has a name that is not UTF-8, which no output may have", problem);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Outputs_OfWhatFailed_AreTheOptionalOnesAlone(string shell)
    {
        using var space = new WrapperSpace(shell);
        var request = space.Request(LaunchSpace.Shell("echo 1 > made; echo 2 > state.cpt; exit 1")) with
        {
            Outputs = [new LaunchOutput(ArtifactPath.Parse("made")), new LaunchOutput(ArtifactPath.Parse("state.cpt"), IsOptional: true)],
        };
        Assert.Equal(["state.cpt"], (await space.RunAsync(request)).Outputs.Select(output => output.Path.Value));
    }

    [Fact]
    public async Task Output_IsLarge_DigestIsTheSame()
    {
        using var space = new WrapperSpace();
        var result = await space.RunAsync(space.Request(LaunchSpace.Shell("head -c 3000000 /dev/zero > big")) with { Outputs = [new LaunchOutput(ArtifactPath.Parse("big"))] });
        Assert.Equal((3_000_000L, Digest.Of(new byte[3_000_000])), (result.Outputs[0].Bytes, result.Outputs[0].Digest));
    }

    private static Task<AttemptResult> RunAsync(WrapperSpace space, string script) =>
        space.RunAsync(space.Request(LaunchSpace.Shell(script)) with { Outputs = [new LaunchOutput(ArtifactPath.Parse("out"), IsTree: true)] });

    private static string Brief(string text) => Digest.OfText(text).Brief;

    private static List<string> Told(AttemptResult result) =>
        [.. result.Outputs.OrderBy(output => output.Path.Value, StringComparer.Ordinal).Select(output => $"{output.Kind} {output.Path}" + output.Kind switch
        {
            AttemptOutputKind.File => string.Create(CultureInfo.InvariantCulture, $" {output.Bytes} {output.Digest.Brief}{(output.IsExecutable ? " x" : string.Empty)}"),
            AttemptOutputKind.Link => " " + output.Target,
            _ => string.Empty,
        })];
}
