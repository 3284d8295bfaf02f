using Xunit;

namespace ScaleMs.Frosting.Tests.Running;

/// <summary>How a run of the host went.</summary>
/// <param name="Code">The exit code of the process.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Told">What was called, in order.</param>
internal sealed record HostRun(int Code, string Output, IReadOnlyList<string> Told)
{
    /// <summary>It ended with this code.</summary>
    public HostRun Ended(int code)
    {
        Assert.True(Code == code, $"expected {code}, was {Code}:\n{Output}");
        return this;
    }

    /// <summary>After the context was made, exactly this was called.</summary>
    public HostRun Called(params string[] lines)
    {
        Assert.Equal(lines, Told.Where(line => line != "context"));
        return this;
    }

    /// <summary>It printed this.</summary>
    public HostRun Printed(string text)
    {
        Assert.Contains(text, Output, StringComparison.Ordinal);
        return this;
    }
}
