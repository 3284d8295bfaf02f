// The build of a small C program. Its tasks were plain ones; as steps they run only when what they read has changed.
#load "../../artifacts/cake/*/scalems.cake"

var flags = Parameters.Texts("flags", ["-O2", "-Wall"], "options of the compiler, separated by commas");

// Plain tasks stay as they were, and run whenever they are wanted.
Task("Check")
    .Description("Looks for the compiler")
    .Does(() => Information("compiler: {0}", Context.Tools.Resolve("gcc") ?? throw new CakeException("Install gcc.")));

Task("Clean")
    .Description("Removes what was built; the next build takes it from the store")
    .Does(() => CleanDirectory("bin"));

// One step for each file. Without -g an object holds no comments: editing one recompiles the file and links nothing.
var objects = Step("compile").Description("Compiles the files that changed").IsDependentOn("Check").Inputs("src/*.h")
    .ForEach("file", [.. Sources("src/*.c"), .. Sources("tests/*.c")], file => file.Name, (step, file) => step
        .Inputs(file)
        .Command("gcc", [.. flags, "-Isrc", "-c", file.Path, "-o", "object.o"])
        .Output("object.o"));

var program = Link("link", "bin/averages", objects.Where(o => o.Item.Path != "tests/test_stats.c"));
var tests = Link("link-tests", "test-stats", objects.Where(o => o.Item.Path != "src/main.c"));

// A test that passed is not run again before the program that it tests is another one.
Step("test").Description("Runs the tests").Input("test-stats", tests.File("test-stats"))
    .Run("./test-stats").OutputTo("bin/tests.txt")
    .Outputs("bin/tests.txt");

Task("Show")
    .Description("Runs the program")
    .IsDependentOn(program)
    .Does(() => StartProcess("bin/averages", "1 2 6"));

Task("Default").IsDependentOn("link").IsDependentOn("test");

RunTarget(Argument("target", "Default"));

Step Link(string name, string output, IEnumerable<(SourceFile File, Step Step)> compiled)
{
    var step = Step(name).Tool("gcc");
    foreach (var (file, compile) in compiled)
    {
        step.Input($"{file.Name}.o", compile.File("object.o"));
    }

    return step.Run("gcc", ["-o", System.IO.Path.GetFileName(output), .. compiled.Select(each => $"{each.File.Name}.o")])
        .Output(System.IO.Path.GetFileName(output), publish: output.Contains('/') ? output : null);
}
