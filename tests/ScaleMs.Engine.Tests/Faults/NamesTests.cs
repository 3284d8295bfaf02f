using System.Globalization;
using ScaleMs.Core.Faults;
using Xunit;

namespace ScaleMs.Engine.Tests.Faults;

public sealed class NamesTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    public static TheoryData<string> Names =>
    [
        "two words", " front and back ", "line\nbreak", "tab\tand\rreturn", "it's \"quoted\" `so` $HOME $(id)", "-rf", "*?[x]", "größe-Δ-日本-🧬", "e\u0301 decomposed",
        new string('n', 255), string.Concat(Enumerable.Repeat("ß", 127)), "#comment;&|<>", ".hidden", "%41%00", "{brace},x=y",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Path_OfAnyName_IsSourceInputOutputAndPublished(string name)
    {
        _study.Write($"in/{name}", "one\n");
        IsRight(name, "one\n");
        Assert.Equal(2, _study.Run(steps => Define(steps, name)).Summary.Counts.UpToDate);
        _study.Write($"in/{name}", "two\n");
        IsRight(name, "two\n");
        _study.Delete("results");
        IsRight(name, "two\n");
        _study.Delete(".scalems/index");
        Assert.Equal(2, _study.Run(steps => Define(steps, name)).Summary.Counts.UpToDate);
        File.AppendAllText(_study.PathOf($"results/{name}/{name}"), "edited\n");
        IsRight(name, "two\n");
        Assert.Equal("two\nedited\n", File.ReadAllText(Directory.GetFiles(_study.PathOf(".scalems/kept"), "*", SearchOption.AllDirectories).Single()));
    }

    [Fact]
    public void Leftovers_WithANameOf255Bytes_AreMovedAway()
    {
        var name = new string('n', 255);
        _study.Write($"in/{name}", "one\n");
        IsRight(name, "one\n");
        _study.Run(steps => steps.Shell("other", "echo > x").Output("x"));
        Assert.False(_study.Exists($"results/{name}/{name}"));
    }

    [Fact]
    public void Scratch_WithANameThatIsNotUtf8_DoesNotEndTheRun()
    {
        var report = _study.Run(steps => steps.Shell("s", "echo x > out.txt; mkdir d; : > \"$(printf 'caf\\351')\"; : > \"$(printf 'd/caf\\351')\"").Output("out.txt", publish: "out.txt"));
        Assert.Equal(0, report.ExitCode);
        Assert.Equal("x\n", _study.Read("out.txt"));
        Assert.Empty(Directory.GetFileSystemEntries(_study.PathOf(".scalems/work")));
    }

    [Fact]
    public void Source_WhoseNameIsNotUtf8_IsAFaultThatSaysSo()
    {
        Directory.CreateDirectory(_study.PathOf("in"));
        Assert.True(Shop.Can("sh", "-c", "cd \"$1\" && : > \"$(printf 'caf\\351')\"", "sh", _study.PathOf("in")));
        var listed = Path.GetFileName(Directory.GetFiles(_study.PathOf("in")).Single());
        var fault = Assert.Throws<FaultException>(() => _study.Run(steps => steps.Shell("s", "cat a > b").Input("a", new SourceFile($"in/{listed}")).Output("b")));
        Assert.Contains("UTF-8", Assert.Single(fault.Faults).What, StringComparison.Ordinal);
    }

    // No theory: test runners hand rows over as UTF-8.
    [Fact]
    public void Name_OfHalfACharacter_IsAFault()
    {
        foreach (var name in (string[])["half" + (char)0xd83e, (char)0xdd2c + "other/half"])
        {
            var fault = Assert.Throws<FaultException>(() => _study.Run(steps => steps.Shell("s", "true").Output(name)));
            Assert.Equal("SMS1003", fault.Faults[0].Code);
            Assert.Contains("UTF-8", fault.Faults[0].What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Step_WithFiveThousandInputs_RunsAndIsUpToDateUntilOneChanges()
    {
        const int count = 5000;
        for (var i = 0; i < count; i++)
        {
            _study.Write(Source(i), $"{i}\n");
        }

        void Many(StepBuilder steps)
        {
            var sum = steps.Shell("sum", "cat parts/* | awk '{ s += $1 } END { print s }' > sum.txt").Output("sum.txt", publish: "sum.txt");
            for (var i = 0; i < count; i++)
            {
                sum.Input(string.Create(CultureInfo.InvariantCulture, $"parts/{i:D4}"), new SourceFile(Source(i)));
            }
        }

        _study.Run(Many);
        Assert.Equal("12497500\n", _study.Read("sum.txt"));
        Assert.Equal(1, _study.Run(Many).Summary.Counts.UpToDate);
        _study.Write(Source(4321), "0\n");
        Assert.Equal(1, _study.Run(Many).Summary.Counts.Executed);
        Assert.Equal("12493179\n", _study.Read("sum.txt"));

        static string Source(int i) => string.Create(CultureInfo.InvariantCulture, $"in/{i:D4}.txt");
    }

    private void IsRight(string name, string text)
    {
        var report = _study.Run(steps => Define(steps, name));
        Assert.True(report.ExitCode == 0, string.Join('\n', report.Summary.Steps.Select(step => step.Failure?.Message)));
        Assert.Equal(text, _study.Read($"results/{name}/{name}"));
    }

    private static void Define(StepBuilder steps, string name)
    {
        var copy = steps.Step("copy").Tool("sh").Run("sh", "-c", "cat \"./$1\" > \"out/$1\"", "sh", name).Input(name, new SourceFile($"in/{name}")).Output($"out/{name}");
        steps.Step("again").Tool("cat").Run("cat", $"./{name}/{name}").OutputTo($"to/{name}").Input($"{name}/{name}", copy.File($"out/{name}")).Output($"to/{name}", publish: $"results/{name}/{name}");
    }
}
