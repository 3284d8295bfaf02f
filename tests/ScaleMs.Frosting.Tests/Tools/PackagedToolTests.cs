using ScaleMs.Frosting.Tests.Running;
using Xunit;

namespace ScaleMs.Frosting.Tests.Tools;

/// <summary>Tools come out of packages through Cake's own installers; the packages are in a folder, and no other source is known.</summary>
public sealed class PackagedToolTests
{
    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void NuGetTool_FromTheSourceInItsAddress_IsFoundByTasks(string engine)
    {
        using var host = new TestHost();
        var feed = new LocalFeed(host.Workspace);
        feed.Add("Hello.Tool", null, ("tools/hello.exe", "not a program"u8.ToArray()));
        host.Run(engine, $"context tool=nuget:{feed.Folder}?package=Hello.Tool&version=1.0.0", "--target=FindTool", "--tool=hello.exe").Ended(0)
            .Called("tool tools/Hello.Tool.1.0.0/tools/hello.exe");
    }

    [Fact]
    public void NuGetTool_FromTheSourceInTheSettings_IsFoundByTasks()
    {
        using var host = new TestHost();
        var feed = new LocalFeed(host.Workspace);
        feed.Add("Hello.Tool", null, ("tools/hello.exe", "not a program"u8.ToArray()));
        host.Run(Engines.Cake, $"context sources={feed.Folder} tools-folder=kept tool=nuget:?package=Hello.Tool&version=1.0.0", "--target=FindTool", "--tool=hello.exe").Ended(0)
            .Called("tool kept/Hello.Tool.1.0.0/tools/hello.exe");
    }

    [Fact]
    public void NuGetTool_ThatNoSourceHas_EndsTheRunBeforeItBegins()
    {
        using var host = new TestHost();
        var feed = new LocalFeed(host.Workspace);
        host.Run(Engines.Cake, $"context lifetime sources={feed.Folder} tool=nuget:?package=Absent.Tool&version=1.0.0", "--target=FindTool", "--tool=x").Ended(1)
            .Called().Printed("'Absent.Tool'");
    }

    [Fact]
    public void NuGetTool_OfASignedPackage_IsInstalledWhereSignaturesAreRead()
    {
        using var host = new TestHost();
        var feed = new LocalFeed(host.Workspace);
        var package = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "signed"), "*.nupkg").Single();
        File.Copy(package, Path.Combine(feed.Folder, Path.GetFileName(package)));
        var version = Path.GetFileNameWithoutExtension(package)["xunit.runner.visualstudio.".Length..];
        var told = host.Run(
            Engines.Cake, $"context tool=nuget:{feed.Folder}?package=xunit.runner.visualstudio&version={version}&include=/**/*.dll",
            [("DOTNET_NUGET_SIGNATURE_VERIFICATION", "true")], "--target=FindTool", "--tool=xunit.runner.visualstudio.testadapter.dll").Ended(0).Told;
        Assert.StartsWith("tool tools/xunit.runner.visualstudio.", told[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void DotNetTool_FromAFolder_IsInstalledBesideTheBuild()
    {
        using var host = new TestHost();
        var feed = new LocalFeed(host.Workspace);
        var settings = "<DotNetCliTool Version=\"1\"><Commands><Command Name=\"greet\" EntryPoint=\"greet.dll\" Runner=\"dotnet\" /></Commands></DotNetCliTool>"u8;
        var program = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "ScaleMs.Frosting.Host.dll"));
        feed.Add("Greet.Tool", "DotnetTool", ("tools/net10.0/any/DotnetToolSettings.xml", settings.ToArray()), ("tools/net10.0/any/greet.dll", program));
        host.Run(Engines.Cake, $"context tool=dotnet:?package=Greet.Tool&version=1.0.0", "--target=FindTool", "--tool=greet").Ended(0)
            .Called("tool tools/greet");
    }
}
