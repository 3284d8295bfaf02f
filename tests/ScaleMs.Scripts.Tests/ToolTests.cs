using Xunit;

namespace ScaleMs.Scripts.Tests;

public sealed class ToolTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public void Tools_Missing_EveryWayToInstallIsNamedAndNothingIsDone()
    {
        RemoveTools();
        var result = _checkout.Run("--target=simulate", "--install-tools");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal(0, _checkout.Builds);
        string[] ways = ["'simulate'", "apt-get install --no-install-recommends gromacs gnuplot-nox", "dnf install", "conda install", "brew install", "module load", "GMX_BIN"];
        Assert.All(ways, way => Assert.Contains(way, result.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public void Tools_MissingAndAptAtHand_AreInstalledInOneCall()
    {
        RemoveTools();
        _checkout.Install("apt-get");
        _checkout.Install("sudo");
        Assert.Equal(0, _checkout.Run("--install-tools").ExitCode);
        _checkout.Run();
        var calls = _checkout.Calls.Where(call => call.StartsWith("apt-get", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, calls.Length);
        Assert.EndsWith("update", calls[0], StringComparison.Ordinal);
        Assert.EndsWith("install --yes --no-install-recommends gromacs gnuplot-nox", calls[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Tools_OneMissing_OnlyThatOneIsInstalled()
    {
        _checkout.Remove("gnuplot");
        _checkout.Install("apt-get");
        _checkout.Install("sudo");
        _checkout.Run("--install-tools");
        Assert.Contains(_checkout.Calls, call => call.EndsWith("--no-install-recommends gnuplot-nox", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--tree")]
    [InlineData("--description")]
    [InlineData("--dryrun")]
    [InlineData("--version")]
    [InlineData("--info")]
    [InlineData("--target=clean")]
    public void Tools_MissingButNotUsed_HostStarts(string argument)
    {
        RemoveTools();
        Assert.Equal((0, $"<{argument}>\n"), Outcome(_checkout.Run(argument)));
    }

    [Theory]
    [InlineData("--set", "gmx=gmx_d")]
    [InlineData("--set=gmx=gmx_d")]
    public void Gmx_NamedByParameter_IsEnough(params string[] arguments)
    {
        _checkout.Remove("gmx");
        _checkout.Install("gmx_d", "dotnet");
        Assert.Equal(0, _checkout.Run(arguments).ExitCode);
    }

    [Fact]
    public void Gmx_OnlyTheMpiBuild_IsEnough()
    {
        _checkout.Remove("gmx");
        _checkout.Install("gmx_mpi", "dotnet");
        Assert.Equal(0, _checkout.Run().ExitCode);
    }

    [Fact]
    public void Gmx_NamedButNotThere_NoOtherIsTaken()
    {
        var result = _checkout.Run("--set", "gmx=/opt/none/gmx");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'/opt/none/gmx'", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--target=test")]
    [InlineData("--target", "test")]
    [InlineData("-t", "test")]
    [InlineData("-t=test")]
    public void Tests_OfSeveralProjects_AreSummed(params string[] arguments)
    {
        _checkout.Write("stub.trx", Trx(total: 12, executed: 10, passed: 10));
        var result = _checkout.Run(arguments);
        Assert.Equal((0, "20 passed, 0 failed, 4 skipped\n"), Outcome(result));
    }

    [Fact]
    public void Tests_OneFails_ExitIs1()
    {
        _checkout.Write("stub.trx", Trx(total: 3, executed: 3, passed: 2));
        _checkout.Write("stub.tests-fail", "");
        Assert.Equal((1, "4 passed, 2 failed, 0 skipped\n"), Outcome(_checkout.Run("--target=test")));
    }

    /// <summary>As the test platform writes them.</summary>
    [Fact]
    public void Tests_ThatFailOrAreSkipped_AreNamedWithTheFirstLinesOfWhy()
    {
        _checkout.Write("stub.trx", """
                <UnitTestResult executionId="1" testName="All.Text(t: &quot;a b&quot;)" computerName="vm" outcome="Failed" testListId="2">
                  <Output>
                    <StdOut>noise</StdOut>
                    <ErrorInfo>
                      <Message>Strings differ
            Expected: "&lt;x &amp;amp; y&gt;"
              Actual: ""
            3
            4
            5
            6</Message>
                      <StackTrace>   at All.Text() in All.cs:line 5
            --- End of stack trace from previous location ---</StackTrace>
                    </ErrorInfo>
                  </Output>
                </UnitTestResult>
                <UnitTestResult executionId="3" testName="All.Good" outcome="Passed" />
                <UnitTestResult executionId="4" testName="All.Slurm" outcome="NotExecuted">
                  <Output>
                    <ErrorInfo>
                      <Message>no slurmctld</Message>
                    </ErrorInfo>
                  </Output>
                </UnitTestResult>
              <ResultSummary outcome="Failed">
                <Counters total="3" executed="2" passed="1" failed="1" />
                <RunInfos>
                  <RunInfo computerName="vm" outcome="Error">
                    <Text>[xUnit.net 00:00:02.25]     All.Text [FAIL]</Text>
                  </RunInfo>
                  <RunInfo computerName="vm" outcome="Error">
                    <Text>[xUnit.net 00:00:02.17]     [Test Class Cleanup Failure (All)] none</Text>
                  </RunInfo>

            """);
        const string Skipped = "skipped: All.Slurm\n    no slurmctld\n";
        const string Failed = """
            failed: All.Text(t: "a b")
                Strings differ
                Expected: "<x &amp; y>"
                  Actual: ""
                3
                4
                   at All.Text() in All.cs:line 5
                --- End of stack trace from previous location ---
            failed: tests as a whole
                [xUnit.net 00:00:02.17]     [Test Class Cleanup Failure (All)] none

            """;
        Assert.Equal((1, Skipped + Skipped + Failed + Failed + "2 passed, 2 failed, 2 skipped\n"), Outcome(_checkout.Run("--target=test")));
    }

    [Fact]
    public void Tests_AProjectCrashed_ExitIs1ThoughNoneFailed()
    {
        _checkout.Write("stub.trx", Trx(total: 1, executed: 1, passed: 1));
        _checkout.Write("stub.tests-fail", "");
        Assert.Equal(1, _checkout.Run("--target=test").ExitCode);
    }

    private static (int ExitCode, string Output) Outcome(Result result) => (result.ExitCode, result.Output);

    private static string Trx(int total, int executed, int passed) =>
        $"""  <Counters total="{total}" executed="{executed}" passed="{passed}" failed="{executed - passed}" error="0" notExecuted="0" />""" + "\n";

    private void RemoveTools()
    {
        _checkout.Remove("gmx");
        _checkout.Remove("gnuplot");
    }
}
