using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using ScaleMs.Core.Faults;
using Xunit;

namespace ScaleMs.Engine.Tests.Recipes;

/// <summary>Packages that were built for another ScaleMs.</summary>
public sealed class PackageTests
{
    [Theory]
    [InlineData("1.2", "1.2", true)]
    [InlineData("1.2", "1.9", true)]
    [InlineData("1.9", "1.2", false)]
    [InlineData("1.0", "2.0", false)]
    [InlineData("2.0", "1.9", false)]
    [InlineData("0.1", "0.1", true)]
    [InlineData("0.1", "0.2", false)]
    [InlineData("0.9", "1.0", false)]
    public void Package_BuiltForAVersion_FitsTheSameMajorOne(string built, string now, bool fits) => Assert.Equal(fits, Packages.IsCompatible(new Version(built), new Version(now)));

    [Fact]
    public void Recipe_OfAPackageForAnotherScaleMs_IsAFaultWithPackageVersionAndPlace()
    {
        var old = (Recipe<Artifact>)Activator.CreateInstance(BuiltForAnother().GetType(typeof(Fine).FullName!)!)!;
        using var study = new TestStudy();
        var faults = Assert.Throws<FaultException>(() => study.Run(
        [
            ("first", steps => steps.Use("old", old)),
            ("second", steps => steps.Fault("something else is wrong", "correct it")),
        ])).Faults;
        Assert.Equal(["SMS1020", "SMS1024"], faults.Select(fault => fault.Code).Order(StringComparer.Ordinal));
        var fault = faults.Single(fault => fault.Code == "SMS1024");
        Assert.Matches(@"^package ScaleMs\.Engine\.Tests \d+\.\d+\.\d+ was built for ScaleMs 0\.0, but this is ScaleMs ", fault.What);
        Assert.EndsWith("PackageTests.cs", fault.Where.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Recipe_OfThisScaleMs_IsUsed()
    {
        using var study = new TestStudy();
        study.Run(steps => steps.Use("new", new Fine()));
        Assert.Equal("t/new.fine", study.Ran);
    }

    /// <summary>This assembly, as if it had been compiled with version 0.0 of ScaleMs.</summary>
    private static Assembly BuiltForAnother()
    {
        var bytes = File.ReadAllBytes(typeof(PackageTests).Assembly.Location);
        using var file = new PEReader(new MemoryStream(bytes));
        var metadata = file.GetMetadataReader();
        var handle = metadata.AssemblyReferences.Single(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name) == "ScaleMs.Cake");
        var row = metadata.GetTableMetadataOffset(TableIndex.AssemblyRef) + ((MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef));
        Array.Clear(bytes, file.PEHeaders.MetadataStartOffset + row, 8);
        return new AssemblyLoadContext("old").LoadFromStream(new MemoryStream(bytes));
    }

    public sealed class Fine : Recipe<Artifact>
    {
        public override Artifact Define(StepBuilder steps)
        {
            ArgumentNullException.ThrowIfNull(steps);
            return steps.Shell("fine", "echo > out").Output("out").File("out");
        }
    }
}
