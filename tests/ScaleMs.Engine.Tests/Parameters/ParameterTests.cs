using Cake.Core;
using Xunit;

namespace ScaleMs.Engine.Tests.Parameters;

/// <summary>What may be given for each kind of parameter, where it comes from, and what is said of the rest.</summary>
public sealed class ParameterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scalems-config-");
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, string, string> Good => new()
    {
        { "flag", "yes", "true" }, { "flag", "OFF", "false" }, { "flag", "1", "true" },
        { "time", "10ns", "10000 ps" }, { "time", "0.5 us", "500000 ps" }, { "time", "2 fs", "0.002 ps" }, { "time", "0.002", "0.002 ps" }, { "time", "1e3fs", "1 ps" }, { "time", "2e-15 s", "0.002 ps" },
        { "wall", "1h", "3600 s" }, { "wall", "90 min", "5400 s" }, { "wall", "2 d", "172800 s" },
        { "temperature", "310", "310 K" }, { "temperature", "36.85 C", "310 K" }, { "temperature", "36.85°C", "310 K" },
        { "length", "1.5 nm", "1.5 nm" }, { "length", "15A", "1.5 nm" }, { "length", "15 Å", "1.5 nm" }, { "length", "0.0015 µm", "1.5 nm" },
        { "pressure", "1 atm", "1.01325 bar" }, { "pressure", "100 kPa", "1 bar" },
        { "energy", "1 kcal/mol", "4.184 kJ/mol" }, { "energy", "1 eV", "96.48533212331002 kJ/mol" },
        { "size", "1.5 GiB", "1610612736 B" }, { "size", "2kB", "2000 B" },
        { "names", " a, b ", "a,b" }, { "names", "", "" },
        { "some", "z,x", "z,x" },
        { "file", "data/my.gro", "data/my.gro" },
    };

    public static TheoryData<string, string, string> Bad => new()
    {
        { "flag", "maybe", "give true or false" },
        { "time", "10 K", "fs, ps, ns, us, µs, ms, s, min, h, d" }, { "time", "ten ns", "with a unit" }, { "time", "10 NS", "with a unit" }, { "time", "", "with a unit" }, { "time", "1 2 ns", "with a unit" }, { "time", "-1 ns", "from 0 ps" }, { "time", "1e400 ns", "with a unit" },
        { "temperature", "-300 C", "give a number from 1 K to 1000 K with a unit: K, mK, C, °C" }, { "temperature", "1001", "to 1000 K" }, { "temperature", "NaN", "with a unit" },
        { "pressure", "1 psi", "Pa, hPa, kPa, MPa, GPa, mbar, bar, kbar, atm" },
        { "size", "12", "give a number with a unit: B, kB, MB" }, { "size", "-1 B", "with a unit" }, { "size", "9e30 TB", "with a unit" },
        { "names", "a,,b", "none of them empty" },
        { "some", "x,q", "give some of x, y, z, separated by commas" },
        { "file", " ", "the path of a file" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Parameter_InAnySpelling_IsToldByItsValue(string name, string given, string value)
    {
        var parameters = Declared($"{name}={given}");
        Assert.Empty(parameters.AllFaults(new DeclaredSecrets()));
        Assert.Equal(value, Info(parameters, name).Value);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Parameter_WithABadValue_IsAFaultThatSaysWhatMayBeGiven(string name, string given, string advice)
    {
        var fault = Assert.Single(Declared($"{name}={given}").AllFaults(new DeclaredSecrets()));
        Assert.Equal("SMS2004", fault.Code);
        Assert.Equal($"parameter '{name}' cannot be '{given}' (from --set)", fault.What);
        Assert.Contains(advice, fault.Try, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantity_OfEqualSpellings_IsTheSameNumber()
    {
        Assert.Equal(Read("time=2 fs"), Read("time=0.002 ps"));
        Assert.Equal(Read("time=2 fs"), Read("time=2e-6 ns"));
        Assert.Equal(0.002, Read("time=2 fs"));

        double Read(string set) => Of([set]).Quantity("time", "10 ps", "ps");
    }

    [Fact]
    public void Values_OfAllKinds_AreTyped()
    {
        var parameters = Of(["flag=on", "size=1 KiB", "names=a,b", "file=x/y"]);
        Assert.True(parameters.Flag("flag", false));
        Assert.Equal(1024, parameters.Size("size", "1 B"));
        Assert.Equal(["a", "b"], parameters.Texts("names", []));
        Assert.Equal(new SourceFile("x/y"), parameters.File("file", "z"));
        Assert.Equal(300, parameters.Quantity("temperature", "26.85 C", "K"));
        Assert.Equal(7200, parameters.Duration("wall", "2 h", "s"));
        Assert.Equal(["x"], parameters.Choices("some", ["x"], ["x", "y"]));
    }

    [Theory]
    [InlineData("kelvin", "1", null)]
    [InlineData("K", "1 ps", null)]
    [InlineData("K", "1", "1 ps")]
    public void Quantity_DeclaredWrongly_Throws(string unit, string value, string? minimum) =>
        Assert.Throws<ArgumentException>(() => Of([]).Quantity("temperature", value, unit, minimum));

    [Fact]
    public void Duration_InAUnitOfNoTime_Throws() => Assert.Throws<ArgumentException>(() => Of([]).Duration("wall", "1", "K"));

    [Fact]
    public void Origin_OfEachValue_IsThePlaceThatWins()
    {
        _environment["SCALEMS_TIME"] = "1 ps";
        _environment["SCALEMS_WALL"] = "1 s";
        var first = Write("one.json", "{\n  // a comment\n  \"wall\": \"2 s\",\n  \"length\": \"1 nm\",\n  \"names\": [\"a\", 1],\n}\n");
        var second = Write("two.json", "{\"nested\": {}, \"size\": \"1 B\",\n\"length\":\n \"2 nm\" }");
        var parameters = Declared(["size=2 B", "size=3 B"], [first, second]);
        Assert.Equal(("1 ps", "SCALEMS_TIME"), ValueAndOrigin("time"));
        Assert.Equal(("2 s", "file one.json:3"), ValueAndOrigin("wall"));
        Assert.Equal(("a,1", "file one.json:5"), ValueAndOrigin("names"));
        Assert.Equal(("2 nm", "file two.json:2"), ValueAndOrigin("length"));
        Assert.Equal(("3 B", "--set"), ValueAndOrigin("size"));
        Assert.Equal(("300 K", "default"), ValueAndOrigin("temperature"));
        var fault = Assert.Single(parameters.AllFaults(new DeclaredSecrets()));
        Assert.Equal("there is no parameter 'nested' (from file two.json:1)", fault.What);

        (string Value, string Origin) ValueAndOrigin(string name) => (Info(parameters, name).Value, Info(parameters, name).Origin);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"time\": ")]
    [InlineData("{\"time\": \"1 ps\"} {}")]
    [InlineData("")]
    public void ConfigFile_ThatIsNoObject_IsAFault(string text) =>
        Assert.Equal("the file 'bad.json' of --config is no JSON object", Assert.Single(Declared([], [Write("bad.json", text)]).AllFaults(new DeclaredSecrets())).What);

    [Theory]
    [InlineData("values.yaml")]
    [InlineData("values.YML")]
    public void ConfigFile_OfYaml_GivesValuesWithTheirLines(string name)
    {
        var file = Write(name, "# a study\nwall: 2 s\nnames: [a, 1]   # a list\nsome:\n  - z\n  - x\nlength: \"2 nm\"\nflag: yes\nmost: &most 5 ps\ntime: *most\n");
        var parameters = Declared(["wall=3 s"], [file]);
        Assert.Equal(("3 s", "--set"), ValueAndOrigin("wall"));
        Assert.Equal(("a,1", $"file {name}:3"), ValueAndOrigin("names"));
        Assert.Equal(("z,x", $"file {name}:4"), ValueAndOrigin("some"));
        Assert.Equal(("2 nm", $"file {name}:7"), ValueAndOrigin("length"));
        Assert.Equal(("true", $"file {name}:8"), ValueAndOrigin("flag"));
        Assert.Equal(("5 ps", $"file {name}:10"), ValueAndOrigin("time"));
        Assert.Equal($"there is no parameter 'most' (from file {name}:9)", Assert.Single(parameters.AllFaults(new DeclaredSecrets())).What);

        (string Value, string Origin) ValueAndOrigin(string parameter) => (Info(parameters, parameter).Value, Info(parameters, parameter).Origin);
    }

    [Theory]
    [InlineData("- 1\n- 2\n", "is no YAML mapping of names to values")]
    [InlineData("time\n", "is no YAML mapping of names to values")]
    [InlineData("time: 1 ps\n---\ntime: 2 ps\n", "is no YAML mapping of names to values")]
    [InlineData("time:\n  least: 1 ps\n", "has something nested in line 2, where a value or a list of values may stand")]
    [InlineData("names: [[a, b]]\n", "has something nested in line 1, where a value or a list of values may stand")]
    [InlineData("names: [\"a,b\", c]\n", "has a list with the element \"a,b\": elements are texts without commas, numbers, true and false")]
    [InlineData("[a]: 1\n", "has something nested in line 1, where a value or a list of values may stand")]
    public void ConfigFile_OfOtherYaml_IsAFault(string text, string problem) =>
        Assert.Equal($"the file 'bad.yaml' of --config {problem}", Assert.Single(Declared([], [Write("bad.yaml", text)]).AllFaults(new DeclaredSecrets())).What);

    [Theory]
    [InlineData("time: 'open\nnames: x\n")]
    [InlineData("time: 1 ps\ntime: 2 ps\n")]
    [InlineData("time: *nowhere\n")]
    [InlineData("time: names: x\n")]
    public void ConfigFile_OfBrokenYaml_IsAFaultWithItsLine(string text) =>
        Assert.StartsWith("the file 'bad.yaml' of --config is no YAML (line ", Assert.Single(Declared([], [Write("bad.yaml", text)]).AllFaults(new DeclaredSecrets())).What, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("# later\n")]
    public void ConfigFile_OfYamlWithoutValues_GivesNone(string text) => Assert.Empty(Declared([], [Write("none.yaml", text)]).AllFaults(new DeclaredSecrets()));

    [Theory]
    [InlineData("[\"a,b\", \"c\"]", "\"a,b\"")]
    [InlineData("[1, [2, 3]]", "[2, 3]")]
    [InlineData("[{}]", "{}")]
    public void ConfigFile_WithAListThatWouldBeAnother_IsAFault(string list, string element)
    {
        var fault = Assert.Single(Declared([], [Write("c.json", $"{{\"names\": {list}}}")]).AllFaults(new DeclaredSecrets()));
        Assert.Equal($"the file 'c.json' of --config has a list with the element {element}: elements are texts without commas, numbers, true and false", fault.What);
    }

    [Fact]
    public void ConfigFile_WithHalfACharacter_IsAFault() =>
        Assert.Equal("SMS2005", Assert.Single(Declared([], [Write("c.json", "{\"names\": \"\\ud800\"}")]).AllFaults(new DeclaredSecrets())).Code);

    [Fact]
    public void ConfigFile_WithAMisspeltName_IsAFaultWithPlaceAndNearest()
    {
        var fault = Assert.Single(Declared([], [Write("c.json", "{\n\"temprature\": 310 }")]).AllFaults(new DeclaredSecrets()));
        Assert.Equal("there is no parameter 'temprature' (from file c.json:2)", fault.What);
        Assert.StartsWith("use 'temperature'; ", fault.Try, StringComparison.Ordinal);
    }

    [Fact]
    public void Variable_OfAlmostAParametersName_IsNoticed()
    {
        _environment["SCALEMS_TEMPRATURE"] = "310";
        _environment["SCALEMS_CACHE"] = "/cache";
        _environment["SCALEMS_OF_ANOTHER_WORKFLOW"] = "1";
        _environment["SCALEMS_SECRET_TIME"] = "1";
        Assert.Equal(["SCALEMS_TEMPRATURE sets no parameter of this workflow: 'temperature' would be set by SCALEMS_TEMPERATURE"], Declared([], []).Notices());
    }

    [Fact]
    public void Secret_AndParameterOfOneNameOrVariable_IsAFault()
    {
        var secrets = new DeclaredSecrets();
        secrets.Add("time", "1", "API_TOKEN", null);
        secrets.Add("other", "1", "SCALEMS_NAMES", null);
        secrets.Add("fine", "1", "OTHER", null);
        Assert.Equal(["SMS2008", "SMS2008"], Declared([], []).AllFaults(secrets).Select(fault => fault.Code));
    }

    private ParameterSet Declared(string set) => Declared([set], []);

    private ParameterSet Declared(string[] sets, string[] files)
    {
        var parameters = Of(sets, files);
        parameters.Flag("flag", false, "whether");
        parameters.Quantity("time", "10 ps", "ps", "0 ps");
        parameters.Duration("wall", "1 h", "s");
        parameters.Quantity("temperature", "300 K", "K", "1 K", "1000 K");
        parameters.Quantity("length", "1 nm", "nm");
        parameters.Quantity("pressure", "1 bar", "bar");
        parameters.Quantity("energy", "1 kJ/mol", "kJ/mol");
        parameters.Size("size", "1 GiB");
        parameters.Texts("names", ["n"]);
        parameters.Choices("some", ["x"], ["x", "y", "z"]);
        parameters.File("file", "data/in.gro");
        return parameters;
    }

    private ParameterSet Of(string[] sets, params string[] files)
    {
        var arguments = sets.Select(set => ("set", set)).Concat(files.Select(file => ("config", file))).ToLookup(pair => pair.Item1, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);
        return new ParameterSet(GivenParameters.Of(new CakeArguments(arguments), _folder.FullName, _environment));
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, name), text);
        return name;
    }

    private static ParameterInfo Info(ParameterSet parameters, string name) => parameters.Declared.Single(parameter => parameter.Name == name);
}
