using System.Text;

namespace ScaleMs.Recipes.DotNet.Tests;

/// <summary>Two restores that found the same count as the same, wherever they ran.</summary>
public sealed class AssetsIdentityTests
{
    private const string Assets = """
        {
          "libraries": {
            "YamlDotNet/16.3.0": {
              "sha512": "SgMO",
              "path": "yamldotnet/16.3.0"
            }
          },
          "packageFolders": {
            "/root/.nuget/packages/": {}
          },
          "project": {
            "projectPath": "C:\\work\\Lib.csproj"
          }
        }
        """;

    [Theory]
    [InlineData("/root/.nuget", "/home/ann/.nuget", true)]
    [InlineData(@"C:\\work", "/tmp/work", true)]
    [InlineData("\n", "\r\n", true)]
    [InlineData("16.3.0", "16.4.0", false)]
    [InlineData("SgMO", "SgMP", false)]
    [InlineData("SgMO", "/gMO", false)]
    public void Identity_OfAnotherRestore_CountsPackagesAndNotPlaces(string from, string to, bool isSame) =>
        Assert.Equal(isSame, Digest(Assets) == Digest(Assets.Replace(from, to, StringComparison.Ordinal)));

    private static string Digest(string text)
    {
        var digester = AssetsIdentity.Instance.Start();
        digester.Append(Encoding.UTF8.GetBytes(text));
        return digester.Finish().ToString();
    }
}
