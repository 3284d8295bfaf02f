using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using ScaleMs.Core.Faults;
using ScaleMs.Engine.Running;
using ScaleMs.Engine.Tests.NullRuns;
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

    [Theory]
    [InlineData(0, 9, "use ScaleMs 0.9 or later, or an older version of the package")]
    [InlineData(7, 0, "use ScaleMs 7.0 or later, or an older version of the package")]
    [InlineData(0, 0, "use a newer version of the package, or the ScaleMs that it was built for")]
    public void Host_WithAPackageForAnotherScaleMs_EndsWithPackageVersionsAndAdvice(int major, int minor, string advice)
    {
        const string Acme = """
            namespace Acme;

            public sealed class Fine : Recipe<Artifact>
            {
                public override Artifact Define(StepBuilder steps) => steps.Step("fine").Tool("touch").Run("touch", "out").Output("out").File("out");
            }
            """;
        const string Study = """
            return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());

            public sealed class Md : ScaleMsContext { public Md(ICakeContext context) : base(context, home: "") { } }

            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md) => steps.Use("fine", new Acme.Fine());
            }
            """;
        using var host = new StudyHost(Study, Acme);
        var library = Path.Combine(host.Program, "Library.dll");
        File.WriteAllBytes(library, CompiledFor(new Version(major, minor), File.ReadAllBytes(library)));

        var (code, output) = host.Run("--no-color");
        Assert.True(code == ExitCodes.Definition, output);
        Assert.Matches($@"SMS1024: package Library \d.* was built for ScaleMs {major}\.{minor}, but this is ScaleMs ", output);
        Assert.Contains(advice, output, StringComparison.Ordinal);
    }

    /// <summary>This assembly, as if it had been compiled with version 0.0 of ScaleMs.</summary>
    private static Assembly BuiltForAnother() =>
        new AssemblyLoadContext("old").LoadFromStream(new MemoryStream(CompiledFor(new Version(0, 0), File.ReadAllBytes(typeof(PackageTests).Assembly.Location))));

    /// <summary>An assembly as if it had been compiled with another version of ScaleMs.</summary>
    private static byte[] CompiledFor(Version version, byte[] assembly)
    {
        using var file = new PEReader(new MemoryStream(assembly));
        var metadata = file.GetMetadataReader();
        var handle = metadata.AssemblyReferences.Single(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name) == "ScaleMs.Cake");
        var row = metadata.GetTableMetadataOffset(TableIndex.AssemblyRef) + ((MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef));
        var place = assembly.AsSpan(file.PEHeaders.MetadataStartOffset + row, 8);
        place.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)version.Major);
        BinaryPrimitives.WriteUInt16LittleEndian(place[2..], (ushort)version.Minor);
        return assembly;
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
