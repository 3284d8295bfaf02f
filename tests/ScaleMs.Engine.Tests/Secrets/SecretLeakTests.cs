using System.Globalization;
using System.Text;
using Xunit;

namespace ScaleMs.Engine.Tests.Secrets;

/// <summary>Nothing that a run leaves or shows holds a secret, however it ends.</summary>
public sealed class SecretLeakTests : IDisposable
{
    private readonly SecretHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("good", 0)]
    [InlineData("fail", 1)]
    [InlineData("leak", 1)]
    [InlineData("throw", 1)]
    public void Run_OfStepsThatTellTheirSecrets_LeavesNoneAnywhere(string mode, int code)
    {
        var (ended, output) = _host.Run($"--set=mode={mode}", "--keep-going", "--verbosity=diagnostic", "--events=events.jsonl", "--summary=summary.json");
        Assert.True(code == ended, output);
        Assert.Empty(_host.Leaks());
        _host.Run($"--set=mode={mode}", "--plan-out=plan.json", "--verbosity=diagnostic");
        _host.Run($"--set=mode={mode}", "--why=*");
        Assert.Empty(_host.Leaks());
        // It did run: what it printed is there, masked.
        Assert.Contains(Directory.GetFiles(_host.PathOf(".scalems"), "*", SearchOption.AllDirectories), file => File.ReadAllText(file).StartsWith("***\n******\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Search_OfAFileThatHoldsASecret_FindsIt()
    {
        _host.Write("deep/leak", Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + _host.Token)));
        Assert.Equal("leak", Path.GetFileName(Assert.Single(_host.Leaks())));
    }

    [Fact]
    public async Task Host_KilledWhileAStepHasItsSecrets_LeavesNoneAfterTheNextRun()
    {
        using var killed = _host.Start("--set=mode=wait");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!File.Exists(_host.PathOf("started")) && !killed.HasExited)
        {
            await Task.Delay(10, limit.Token);
        }

        AssertNoProcessTells(killed.Id);
        killed.Kill();
        await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        _host.Write("go", string.Empty);

        var (code, output) = _host.Run("--set=mode=wait");
        Assert.True(code == 0, output);
        Assert.Empty(_host.Leaks());
    }

    [Fact]
    public void Run_WithNothingToDo_IsToldWithoutTheSecrets()
    {
        _host.Settle();
        File.Delete(_host.PathOf("licence.txt"));
        _host.Settle();
        Assert.Equal(0, _host.Run().Code);
    }

    [Theory]
    [InlineData("--set=api-token=VALUE")]
    [InlineData("--config=given.json")]
    public void Secret_GivenWhereOthersRead_IsRefusedWithoutBeingTold(string argument)
    {
        _host.Write("given.json", $$"""{"licence":"{{_host.Licence}}"}""");
        var (code, output) = _host.Run(argument.Replace("VALUE", _host.Token, StringComparison.Ordinal));
        Assert.Equal(2, code);
        Assert.Contains("SMS2008", output, StringComparison.Ordinal);
        Assert.False(_host.Patterns.AreIn(Encoding.UTF8.GetBytes(output)));
    }

    /// <summary>Command lines tell nothing at all; environments only those of the step itself, and of the host where the user put it.</summary>
    private void AssertNoProcessTells(int host)
    {
        foreach (var process in Directory.GetDirectories("/proc").Where(path => Path.GetFileName(path).All(char.IsAsciiDigit)))
        {
            Assert.False(_host.Patterns.AreIn(Read($"{process}/cmdline")), process);
            var environment = Read($"{process}/environ");
            var isTheSteps = environment.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"SCALEMS_ATTEMPT={_host.PathOf(".scalems")}")) >= 0;
            Assert.True(isTheSteps || Path.GetFileName(process) == host.ToString(CultureInfo.InvariantCulture) || !_host.Patterns.AreIn(environment), process);
        }
    }

    private static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
