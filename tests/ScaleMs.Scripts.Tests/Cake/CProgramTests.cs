using Xunit;

namespace ScaleMs.Scripts.Tests.Cake;

/// <summary>The sample: a build of a C program whose tasks became steps.</summary>
public sealed class CProgramTests(CakeCheckout checkout, CProgram built) : IClassFixture<CProgram>
{
    [Fact]
    public void Build_ForTheFirstTime_CompilesLinksAndTests()
    {
        Assert.Equal((0, "compile[file=main.c] compile[file=stats.c] compile[file=test_stats.c] link link-tests test"), (built.First.ExitCode, built.First.Executed));
        Assert.Contains("ok     the mean of three values: 3", built.Build["bin/tests.txt"], StringComparison.Ordinal);
    }

    [Fact]
    public void Build_OfNothingNew_ExecutesOnlyPlainTasks()
    {
        var again = checkout.Copy(built.Build).Run("--target=Show");
        Assert.Equal((0, string.Empty), (again.ExitCode, again.Executed));
        Assert.Contains("mean 3", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void File_Edited_RerunsWhatReadsItAndNothingElse()
    {
        var build = checkout.Copy(built.Build);
        build.Edit("src/main.c", "mean %g", "the mean is %g");
        Assert.Equal("compile[file=main.c] link", build.Run().Executed);
        build.Edit("src/main.c", "return 0;", "return 0; /* done */");
        Assert.Equal("compile[file=main.c]", build.Run().Executed);
    }

    [Fact]
    public void Test_ThatFails_EndsTheBuildWithOne()
    {
        var build = checkout.Copy(built.Build);
        build.Edit("src/stats.c", "sum / count", "sum");
        var failed = build.Run();
        Assert.Equal((1, "compile[file=stats.c] link link-tests"), (failed.ExitCode, failed.Executed));
        Assert.Contains("failed    test", failed.Text, StringComparison.Ordinal);
    }
}

/// <summary>The sample, built once.</summary>
public sealed class CProgram
{
    /// <summary>Builds it.</summary>
    public CProgram(CakeCheckout checkout)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/gcc"), "there is no gcc");
        Build = checkout.Copy("cbuild");
        First = Build.Run();
    }

    /// <summary>The folder.</summary>
    public ScriptedBuild Build { get; }

    /// <summary>The first run.</summary>
    public CakeRunResult First { get; }
}
