using Xunit;

namespace ScaleMs.Docs.Tests;

/// <summary>The smallest workflow, run through its real host as the documents say.</summary>
public sealed class WordsTests : IDisposable
{
    private readonly string _workspace = Directory.CreateTempSubdirectory("scalems-words-").FullName;

    public WordsTests()
    {
        var texts = Directory.CreateDirectory(Path.Combine(_workspace, "workflows/words/texts")).FullName;
        foreach (var text in Directory.GetFiles(Path.Combine(Repository.Root, "workflows/words/texts")))
        {
            File.Copy(text, Path.Combine(texts, Path.GetFileName(text)));
        }
    }

    public void Dispose() => Directory.Delete(_workspace, recursive: true);

    private static string Words { get; } = Path.Combine(AppContext.BaseDirectory, "Words.dll");

    private string Report => File.ReadAllText(Path.Combine(_workspace, "results/words.txt"));

    [Fact]
    public void Words_FreshThenAgain_RunsOnceAndReports()
    {
        Assert.Equal(0, WordsHost.Run(_workspace, "--target=report").Code);
        Assert.Equal("12 carbon\n8 salt\n2 iron\n", Report);
        Assert.Contains("up to date", WordsHost.Run(_workspace, "--target=report").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_WithAndWithoutItsSecrets_RunsOnlyWithThem()
    {
        var without = WordsHost.Run(_workspace, "--target=fetch");
        Assert.Equal(2, without.Code);
        Assert.Contains("step 'fetch' needs the secret 'archive-token', but the environment variable ARCHIVE_TOKEN is not set", without.Errors, StringComparison.Ordinal);
        Assert.Contains("step 'fetch' needs the secret 'licence', but the file 'licence.key' is not there", without.Errors, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_workspace, "licence.key"), "0123456789\n");
        Assert.Equal(0, WordsHost.RunWith([KeyValuePair.Create("ARCHIVE_TOKEN", "a-token-of-ours")], _workspace, "--target=fetch").Code);
        Assert.Equal("10", File.ReadAllText(Path.Combine(_workspace, "results/fetched.txt")).Trim());
    }

    [Fact]
    public void Help_OfAHost_TellsTheWorkflowsParameters()
    {
        var help = WordsHost.RunWith([KeyValuePair.Create("SCALEMS_LONGEST", "none")], _workspace, "--help", "--target=nothing");
        Assert.Equal((0, string.Empty), (help.Code, help.Errors));
        Assert.Contains("--keep-going", help.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^This workflow's parameters, for --set name=value:\r?\n  longest=3 +how many of the longest texts are listed; a whole number from 1 to 100\r?$", help.Output);
        Assert.All(help.Output.Split('\n').Where(line => line.StartsWith("      --", StringComparison.Ordinal)), line => Assert.Equal(' ', line[33]));
        Assert.False(Directory.Exists(Path.Combine(_workspace, ".scalems")));
    }

    [Theory]
    [InlineData("c.yaml", "# fewer\nlongest: 2\n", true)]
    [InlineData("c.json", "{\n\"longest\": 2 }\n", false)]
    public void Config_OfEitherForm_GivesTheParameterAndLoadsYamlOnlyForYaml(string name, string text, bool isYaml)
    {
        File.WriteAllText(Path.Combine(_workspace, name), text);
        var compiled = Path.Combine(_workspace, "compiled");
        var table = WordsHost.RunWith([KeyValuePair.Create("DOTNET_JitStdOutFile", compiled), KeyValuePair.Create("DOTNET_JitDisasmSummary", "1")], _workspace, "--config-show", $"--config={name}").Output;
        Assert.Matches($@"(?m)^longest  2      file {name}:2  3  ", table);
        Assert.Equal(isYaml, File.ReadAllText(compiled).Contains("YamlDotNet", StringComparison.Ordinal));
    }

    [Fact]
    public void ConfigShow_OfATarget_TellsValueAndOriginAndExecutesNothing()
    {
        File.WriteAllText(Path.Combine(_workspace, "c.json"), "{\n \"longest\": 2 }");
        var table = WordsHost.Run(_workspace, "--config-show", "--config=c.json");
        Assert.Equal(0, table.Code);
        Assert.Matches(@"(?m)^name     value  origin         default  may be +description\r?$", table.Output);
        Assert.Matches(@"(?m)^longest  2      file c\.json:2  3        a whole number from 1 to 100  how many of the longest texts are listed\r?$", table.Output);
        using var json = System.Text.Json.JsonDocument.Parse(WordsHost.RunWith([KeyValuePair.Create("SCALEMS_LONGEST", "5")], _workspace, "--config-show", "--format=json").Output);
        var longest = json.RootElement.GetProperty("parameters")[0];
        Assert.Equal(("5", "SCALEMS_LONGEST"), (longest.GetProperty("value").GetString(), longest.GetProperty("origin").GetString()));
        Assert.False(Directory.Exists(Path.Combine(_workspace, ".scalems")));
        Assert.Contains("write --config-show --format=json", WordsHost.Run(_workspace, "--format=json").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_VariableOfAlmostAParametersName_IsNoticed() => Assert.Contains(
        "SCALEMS_LONGST sets no parameter of this workflow: 'longest' would be set by SCALEMS_LONGEST",
        WordsHost.RunWith([KeyValuePair.Create("SCALEMS_LONGST", "1")], _workspace).Output, StringComparison.Ordinal);

    [Fact]
    public void Words_ParameterOfOneStep_RunsThatStepAndSaysTheValue()
    {
        WordsHost.Run(_workspace);
        var run = WordsHost.Run(_workspace, "--set", "longest=1");

        Assert.Equal("12 carbon\n", Report);
        Assert.Contains("report: Longest: 3 → 1", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("start     count", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_FunctionsWithArgumentsAndResults_RunOnceAndSayTheValue()
    {
        Assert.Equal(0, WordsHost.Run(_workspace, "--target=spread").Code);
        Assert.Equal("7.3 words on average, a range of 10\n", File.ReadAllText(Path.Combine(_workspace, "results/spread.txt")));
        Assert.Contains("up to date", WordsHost.Run(_workspace, "--target=spread").Output, StringComparison.Ordinal);
        Assert.Contains("spread/measure: longest: 3 → 2", WordsHost.Run(_workspace, "--target=spread", "--set", "longest=2").Output, StringComparison.Ordinal);
        Assert.Equal("10.0 words on average, a range of 4\n", File.ReadAllText(Path.Combine(_workspace, "results/spread.txt")));
    }

    [Fact]
    public void Words_Exclusive_NeedsUpstreamUpToDate()
    {
        Assert.Equal(1, WordsHost.Run(_workspace, "--target=report", "--exclusive").Code);
        WordsHost.Run(_workspace, "--target=count");
        Assert.Equal(0, WordsHost.Run(_workspace, "--target=report", "--exclusive").Code);
    }

    [Theory]
    [InlineData(2, "--target", "--targt=report")]
    [InlineData(2, "report", "--target=reprot")]
    [InlineData(2, "longest", "--set", "longst=1")]
    [InlineData(2, "from 1 to 100", "--set", "longest=0")]
    [InlineData(2, "--set name=value", "--set", "longest")]
    [InlineData(2, "whole number", "--jobs=none")]
    [InlineData(2, "cannot be read", "--config=missing.json")]
    public void Words_BadCommandLine_SaysWhatAndLeavesNoStore(int code, string words, params string[] arguments)
    {
        var run = WordsHost.Run(_workspace, arguments);

        Assert.Equal(code, run.Code);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_workspace, ".scalems")));
    }

    [Theory]
    [InlineData("--tree", "count")]
    [InlineData("--description", "Counts the words of every text")]
    [InlineData("--dryrun", "report")]
    public void Words_CakesOwnOptions_WorkWithoutAStore(string option, string words)
    {
        var run = WordsHost.Run(_workspace, option);

        Assert.Equal(0, run.Code);
        Assert.Contains(words, run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_workspace, ".scalems")));
    }

    [Fact]
    public void Words_WithASharedCache_ExecutesNothingInASecondWorkspace()
    {
        Assert.Equal(0, WordsHost.Run(_workspace, "--cache=shared").Code);
        Directory.Delete(Path.Combine(_workspace, ".scalems"), recursive: true);
        Directory.Delete(Path.Combine(_workspace, "results"), recursive: true);
        var (code, output, _) = WordsHost.Run(_workspace, "--cache=shared", "--read-only-cache");
        Assert.Equal(0, code);
        Assert.Contains("recorded in the shared cache", output, StringComparison.Ordinal);
        Assert.Contains("nothing executed, 4 restored", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cache=s3://cache.example/v1", "the address of a cache begins with http or https")]
    [InlineData("--read-only-cache", "no cache to read")]
    public void Words_WithACacheThatCannotBe_SaysSo(string option, string told)
    {
        var (code, output, errors) = WordsHost.Run(_workspace, option);
        Assert.Equal(2, code);
        Assert.Contains(told, output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_PlanWithExitCode_TellsWhetherThereIsWork()
    {
        Assert.Equal(4, WordsHost.Run(_workspace, "-n", "--exit-code").Code);
        WordsHost.Run(_workspace);
        Assert.Equal(0, WordsHost.Run(_workspace, "--plan", "--exit-code").Code);
    }

    [Fact]
    public void Words_PlanWritten_IsAppliedUntilSomethingMoves()
    {
        Assert.Equal(0, WordsHost.Run(_workspace, "--plan-out=plan.json").Code);
        Assert.False(File.Exists(Path.Combine(_workspace, "results/words.txt")));
        var other = WordsHost.Run(_workspace, "--apply=plan.json", "--set", "longest=2");
        Assert.Equal(2, other.Code);
        Assert.Contains("parameter 'longest': 3 → 2", other.Errors, StringComparison.Ordinal);

        Assert.Equal(0, WordsHost.Run(_workspace, "--apply=plan.json").Code);
        Assert.Equal("12 carbon\n8 salt\n2 iron\n", Report);
        File.AppendAllText(Path.Combine(_workspace, "workflows/words/texts/iron.txt"), "more\n");
        var moved = WordsHost.Run(_workspace, "--apply=plan.json");
        Assert.Equal(2, moved.Code);
        Assert.Contains("source 'workflows/words/texts/iron.txt' changed", moved.Errors, StringComparison.Ordinal);
        Assert.Contains("is of target 'Default', not of 'count'", WordsHost.Run(_workspace, "--target=count", "--apply=plan.json").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_StepsSelected_RunAlone()
    {
        Assert.Contains("1 executed", Executed("--only", "count[text=iron]"), StringComparison.Ordinal);
        Assert.Contains("2 executed", Executed("--only='count[*]'"), StringComparison.Ordinal);
        Assert.Contains("1 executed", Executed("--from", "count"), StringComparison.Ordinal);
        Assert.Contains("2 executed", Executed("--rerun=count[text=iron]", "--rerun", "report"), StringComparison.Ordinal);
        var unknown = WordsHost.Run(_workspace, "--skip=cout");
        Assert.Equal(2, unknown.Code);
        Assert.Contains("use 'count'", unknown.Errors, StringComparison.Ordinal);

        string Executed(params string[] options) => WordsHost.Run(_workspace, options).Output;
    }

    [Fact]
    public void Words_FileSupposed_TellsWhatWouldRun()
    {
        WordsHost.Run(_workspace);
        var (code, output, _) = WordsHost.Run(_workspace, "--suppose", "workflows/words/texts/iron.txt", "--exit-code");

        Assert.Equal(4, code);
        Assert.Contains("execute    count[text=iron]: input text.txt changed (about", output, StringComparison.Ordinal);
        Assert.Contains("perhaps    report: count[text=iron] runs first", output, StringComparison.Ordinal);
        Assert.Contains("plan: 2 up to date, 0 restore, 1 execute, 1 perhaps", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'--exit-code' has no plan to tell of", "--exit-code")]
    [InlineData("'--apply' and '--plan' do not go together", "--apply=plan.json", "--plan")]
    [InlineData("'--apply' and '--only' do not go together", "--apply=plan.json", "--only=count")]
    [InlineData("'--plan-out' and '--suppose' do not go together", "--plan-out=plan.json", "--suppose=a.txt")]
    [InlineData("cannot be read", "--apply=missing.json")]
    [InlineData("names no source file", "--suppose=missing.txt")]
    [InlineData("names a file that the workflow's definition reads", "--suppose=words.json", "--config=words.json")]
    public void Words_OptionsOfPlansThatContradict_AreRefused(string told, params string[] options)
    {
        File.WriteAllText(Path.Combine(_workspace, "words.json"), """{ "longest": 2 }""");
        var run = WordsHost.Run(_workspace, options);

        Assert.Equal(2, run.Code);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_Why_NamesValueAndReaderAndExecutesNothing()
    {
        WordsHost.Run(_workspace);
        var why = WordsHost.Run(_workspace, "--set", "longest=1", "--why=report", "--why", "count*");

        Assert.Equal(0, why.Code);
        Assert.Contains("report: will run\n  Longest: 3 → 1, read by report\n  against its record of run ", why.Output, StringComparison.Ordinal);
        Assert.Contains("count[text=salt]: up to date since run ", why.Output, StringComparison.Ordinal);
        Assert.Equal("12 carbon\n8 salt\n2 iron\n", Report);
    }

    [Fact]
    public void Words_WhyOfAnUnknownStep_IsAUsageError()
    {
        var why = WordsHost.Run(_workspace, "--why=reprot");

        Assert.Equal(2, why.Code);
        Assert.Contains("use 'report'", why.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("words.mmd")]
    [InlineData("words", "--graph-format=mermaid")]
    public void Words_GraphAsAPicture_IsThatOfTheDocuments(string file, params string[] options)
    {
        Assert.Equal(0, WordsHost.Run(_workspace, ["--target=report", $"--graph={file}", .. options]).Code);
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/command-line.md"));
        Assert.Contains($"```mermaid\n{File.ReadAllText(Path.Combine(_workspace, file))}```", page, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_workspace, ".scalems")));
    }

    [Fact]
    public void Words_GraphByTheTool_IsThatOfTheHost()
    {
        Assert.Equal(0, WordsHost.Run(_workspace, "--target=report", "--graph=words.json").Code);
        var (code, output, errors) = WordsHost.RunProgram("scalems.dll", _workspace, "graph", "--host", Words, "--", "--target=report");
        Assert.Equal((0, File.ReadAllText(Path.Combine(_workspace, "words.json"))), (code, output));
        Assert.Equal(string.Empty, errors);
        Assert.Equal(2, WordsHost.RunProgram("scalems.dll", _workspace, "graph", "--host", Words, "--", "--target=reprot").Code);
    }

    [Theory]
    [InlineData("'--graph-members' has no graph to be of", "--graph-members=3")]
    [InlineData("'--graph-format' cannot be 'svg'", "--graph=a", "--graph-format=svg")]
    [InlineData("'--graph' and '--plan' do not go together", "--graph=a", "--plan")]
    [InlineData("'--import' has no folder to import from", "--import=count")]
    [InlineData("'--import-from' has nothing to import", "--import-from=old")]
    [InlineData("'--import' and '--only' do not go together", "--import=count", "--import-from=old", "--only=count")]
    [InlineData("'--import' and '--plan' do not go together", "--import=count", "--import-from=old", "--plan")]
    [InlineData("there is no folder 'old' to import from", "--import=count", "--import-from=old")]
    public void Words_OptionsOfGraphsAndImportsThatContradict_AreRefused(string told, params string[] options)
    {
        var run = WordsHost.Run(_workspace, options);

        Assert.Equal(2, run.Code);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_ResultsImported_AreUsedAndToldInEveryReport()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_workspace, "old")).FullName, "count.txt"), "99 text.txt\n");
        var import = WordsHost.RunProgram("scalems.dll", _workspace, "import", "count[text=iron]", "--from", "old", "--host", Words);
        Assert.Equal(0, import.Code);
        Assert.Contains("imported  1 result, unverified: count[text=iron]", import.Output, StringComparison.Ordinal);

        Assert.Contains("imported  1 result, unverified: count[text=iron]", WordsHost.Run(_workspace).Output, StringComparison.Ordinal);
        Assert.Equal("99 iron\n12 carbon\n8 salt\n", Report);
        Assert.Contains("imported  1 result, unverified: count[text=iron]", WordsHost.Run(_workspace, "--summary=summary.json").Output, StringComparison.Ordinal);
        Assert.Contains("\"importedFrom\": \"old\"", File.ReadAllText(Path.Combine(_workspace, "summary.json")), StringComparison.Ordinal);
        Assert.Contains("imported from old in run ", WordsHost.Run(_workspace, "--why=count[text=iron]").Output, StringComparison.Ordinal);
        Assert.Contains("imported from old in run ", WordsHost.RunProgram("scalems.dll", _workspace, "why", "count[text=iron]").Output, StringComparison.Ordinal);
        Assert.Contains("imported from old in run ", WordsHost.RunProgram("scalems.dll", _workspace, "log", "count[text=iron]").Errors, StringComparison.Ordinal);

        Assert.Contains("differs in count.txt", WordsHost.Run(_workspace, "--rerun=count[text=iron]").Output, StringComparison.Ordinal);
        Assert.Equal("12 carbon\n8 salt\n2 iron\n", Report);
    }

    [Fact]
    public void Words_Traced_UsesOnlyWhatItDeclares()
    {
        Assert.Equal(2, WordsHost.Run(_workspace, "--trace=loosely").Code);
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        var run = WordsHost.Run(_workspace, "--trace=strict");
        Assert.True(run.Code == 0, run.Output + run.Errors);
        var trace = File.ReadAllText(Directory.GetFiles(Path.Combine(_workspace, ".scalems/runs"), "trace.json", SearchOption.AllDirectories).Single());
        Assert.All((string[])["count[text=iron]", "report"], step => Assert.Contains($"\"id\": \"{step}\"", trace, StringComparison.Ordinal));
        Assert.DoesNotContain("SourceFile", trace, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_ConfigAndEnvironment_SetParameters()
    {
        File.WriteAllText(Path.Combine(_workspace, "words.json"), """{ "longest": 2 }""");
        WordsHost.Run(_workspace, "--config=words.json");

        Assert.Equal("12 carbon\n8 salt\n", Report);
    }
}
