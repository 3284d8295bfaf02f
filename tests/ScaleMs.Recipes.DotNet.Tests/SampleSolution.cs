using ScaleMs.Recipes.DotNet.Sample;
using ScaleMs.Testing;

namespace ScaleMs.Recipes.DotNet.Tests;

/// <summary>A library, a program that uses it, and tests of both.</summary>
internal static class SampleSolution
{
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
    {
        ["Directory.Build.props"] = """
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <PathMap>$(MSBuildThisFileDirectory)=/_/</PathMap>
                <!-- Tests of a build server must not ask a network. -->
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """,
        ["src/Lib/Lib.csproj"] = """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <Compile Include="../Common/*.cs" />
                <None Update="settings.json" CopyToOutputDirectory="PreserveNewest" />
              </ItemGroup>
            </Project>
            """,
        ["src/Lib/settings.json"] = "{}",
        ["src/Lib/Greeter.cs"] = """namespace Lib; public static class Greeter { public static string Greet(string name) => $"{Words.Hello} {name}"; }""",
        ["src/Common/Words.cs"] = """namespace Lib; internal static class Words { public const string Hello = "hello"; }""",
        ["src/App/App.csproj"] = """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><ProjectReference Include="..\Lib\Lib.csproj" /></ItemGroup>
            </Project>
            """,
        ["src/App/Program.cs"] = """System.Console.WriteLine(Lib.Greeter.Greet("app"));""",
        ["src/All.Tests/All.Tests.csproj"] = """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.0.1" />
                <PackageReference Include="xunit.v3" Version="3.2.1" />
                <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
                <ProjectReference Include="../Lib/Lib.csproj" />
                <ProjectReference Include="../App/App.csproj" />
              </ItemGroup>
            </Project>
            """,
        ["src/All.Tests/GreeterTests.cs"] = """using Xunit; public class GreeterTests { [Fact] public void Greets() => Assert.Equal("hello x", Lib.Greeter.Greet("x")); }""",
        ["src/All.Tests/SettingsTests.cs"] = """using Xunit; public class SettingsTests { [Fact] public void AreThere() => Assert.True(System.IO.File.Exists(System.IO.Path.Combine(System.AppContext.BaseDirectory, "settings.json"))); }""",
    };

    /// <summary>The solution in memory, where every command writes a digest of what it finds.</summary>
    public static WorkflowTest Test(string target)
    {
        var test = WorkflowTest.OfTarget<SampleContext>(target);
        foreach (var (path, text) in Files)
        {
            test.Holds(path, text);
        }

        return test;
    }
}
