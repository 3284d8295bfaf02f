using System.Text.Json;

namespace ScaleMs.Tool.Tests;

/// <summary>What <c>scalems doctor</c> says, and how it ends.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly string _workspace = Directory.CreateTempSubdirectory("scalems-doctor-").FullName;

    public void Dispose() => Directory.Delete(_workspace, recursive: true);

    private (int Code, string Output, string Error) Run(string sites, params string[] args)
    {
        File.WriteAllText(Path.Combine(_workspace, "sites.yaml"), sites);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(["doctor", "--workspace", _workspace, "--sites", Path.Combine(_workspace, "sites.yaml"), .. args], output, error);
        return (code, output.ToString(), error.ToString());
    }

    [Fact]
    public void Doctor_OfThisMachine_IsCode0WithALineForEachCheck()
    {
        var (code, said, error) = Run("sites: {local: {before: 'true'}}", "local", "--tool", "sh");
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Matches(@"(?m)^ok    shell        \S+ answers in a POSIX shell", said);
        Assert.Matches(@"(?m)^ok    tool         sh is /\S+/sh$", said);
        Assert.Equal(["sites.yaml"], Directory.GetFileSystemEntries(_workspace).Select(Path.GetFileName));
    }

    [Fact]
    public void Doctor_OfSomethingMissing_IsCode1AndSaysWhatToDo()
    {
        var (code, said, _) = Run("sites: {}", "local", "--tool", "no-such-tool");
        Assert.Equal(1, code);
        Assert.Contains("fail  tool         there is no no-such-tool\n      try          name the module that has it", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--format", "json")]
    [InlineData("--json")]
    public void Doctor_InJson_HasTheSameFindings(params string[] form)
    {
        var (code, said, _) = Run("sites: {local: {pass: NO_SUCH_VARIABLE}}", ["local", .. form]);
        using var json = JsonDocument.Parse(said);
        Assert.Equal((0, true, "local"), (code, json.RootElement.GetProperty("isGood").GetBoolean(), json.RootElement.GetProperty("launcher").GetString()));
        var warning = Assert.Single(json.RootElement.GetProperty("checks").EnumerateArray(), check => check.GetProperty("state").GetString() == "warn");
        Assert.Equal(("pass", "there is no NO_SUCH_VARIABLE"), (warning.GetProperty("check").GetString(), warning.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("sites: {cluster: {launcher: slurm, slurm: {}}}", "cluter", "error SMS6007: there is no site 'cluter'\n  try  use 'cluster'")]
    [InlineData("sites: {local: {modulse: a}}", "local", "error SMS6002: a site knows no 'modulse'\n  at   sites.yaml:1\n  try  write 'modules'")]
    [InlineData("sites: {}", "local --submit-limit soon", "'soon' is no value of --submit-limit: give a time such as 90s, 30m or 2h")]
    public void Doctor_OfAFaultyFileOrAnUnknownSite_IsCode2(string sites, string line, string said)
    {
        var (code, _, error) = Run(sites, line.Split(' '));
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }
}
