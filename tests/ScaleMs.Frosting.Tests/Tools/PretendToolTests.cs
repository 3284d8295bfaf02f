using ScaleMs.Frosting.Tests.Running;
using Xunit;

namespace ScaleMs.Frosting.Tests.Tools;

/// <summary>Tools that a host asks for are installed before its tasks run, by the first installer that knows their scheme.</summary>
public sealed class PretendToolTests
{
    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Tool_OfTheHostsOwnInstaller_IsThereForTheTasks(string engine) =>
        TestHost.RunOnce(engine, "context installer tool=pretend:?package=hello", "--target=FindTool", "--tool=hello").Ended(0).Called("install Tool hello", "tool tools/hello");

    [Fact]
    public void Tool_GoesToTheFolderThatTheHostNames() =>
        TestHost.RunOnce(Engines.Cake, "context installer tools-folder=kept tool=pretend:?package=hello", "--target=FindTool", "--tool=hello").Ended(0)
            .Called("install Tool hello", "tool kept/hello");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Tool_OfASchemeThatNobodyKnows_EndsTheRunBeforeItBegins(string engine) =>
        TestHost.RunOnce(engine, "context lifetime tool=unknown:?package=hello", "--target=FindTool", "--tool=hello").Ended(1)
            .Called().Printed("Error: Could not find an installer for the 'unknown' scheme.");

    [Fact]
    public void Tool_WithoutFiles_EndsTheRunBeforeItBegins() =>
        TestHost.RunOnce(Engines.Cake, "context installer tool=pretend:?package=nothing", "--target=FindTool", "--tool=nothing").Ended(1)
            .Called("install Tool nothing").Printed("Error: Failed to install tool 'nothing'.");

    [Fact]
    public void Installer_InATask_RefusesWithAFrostingException() =>
        TestHost.RunOnce(Engines.Cake, "context installer", "--target=InstallTool", "--address=unknown:?package=hello").Ended(0)
            .Called("refused Could not find an installer for the 'unknown' scheme.");
}
