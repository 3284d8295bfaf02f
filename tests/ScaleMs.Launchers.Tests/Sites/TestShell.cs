using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Tests.Sites;

/// <summary>This machine's shell, told something before each script.</summary>
internal sealed class TestShell(string before = "", string shell = "/bin/sh") : ISiteShell
{
    private readonly LocalShell _real = new();

    public string Name => "test";

    /// <summary>What each script waits for.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    public async Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        return await _real.RunAsync($"{before}\nexec {shell} -c {ShellWord.Of(script)}", input, cancellation);
    }
}
