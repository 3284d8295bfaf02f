// The study under `dotnet cake`: the same tasks, over the same file store, as ./build.sh runs.
//
//   dotnet tool restore && dotnet cake --target=simulate
//
// The engine is a Cake module, and Cake loads modules before it reads any script. So what is missing or stale is built first,
// by build.sh (build.ps1 on Windows), and Cake is started again with the same arguments. This script names no assembly of ours:
// the build writes a workflows.cake that does.

using System.Diagnostics;
using System.Runtime.InteropServices;

var arguments = Environment.GetCommandLineArgs();   // Cake.dll first
var wanted = BuildWhatIsStale();
if (wanted != LoadedBuild())
{
  Environment.Exit(StartCakeAgain());
}

#load "./artifacts/cake/*/workflows.cake"

// Tasks of your own may depend on a workflow's:
//   Task("show").IsDependentOn("simulate").Does(() => Information(System.IO.File.ReadAllText("results/…")));

Task("test")
  .Description("Every test of this repository")
  .Does(() => Environment.Exit(Run(BuildScript("--target=test"))));

RunTargets(Arguments("target", "Default"));

// The digest that names the built folders. Costs some 30 ms when nothing is stale. Tools are looked for as well.
string BuildWhatIsStale()
{
  var script = BuildScript(["--build-only", .. arguments[1..]]);
  script.RedirectStandardOutput = true;
  using var process = Process.Start(script);
  var digest = process.StandardOutput.ReadToEnd().Trim();
  process.WaitForExit();
  if (process.ExitCode != 0)
  {
    Environment.Exit(process.ExitCode);   // its message has been printed
  }

  return digest;
}

// The module names the folder that it was taken from, and the folder's name is the digest of its sources.
string LoadedBuild() => System.IO.Path.GetFileName(AppContext.GetData("ScaleMs.Module.Folder") as string ?? "");

// From this folder, since cake.config's paths count from where Cake starts; a script's path was relative to the shell's folder.
int StartCakeAgain()
{
  const string mark = "SCALEMS_CAKE_STARTED_FOR";
  if (Environment.GetEnvironmentVariable(mark) == wanted)
  {
    Error("Cake did not load the module in artifacts/cake/{0}. Do an option or a variable override [Paths] Modules of cake.config?", wanted);
    return 2;
  }

  var shellFolder = Environment.GetEnvironmentVariable("PWD") ?? ".";
  var cake = new ProcessStartInfo("dotnet", arguments.Select(argument =>
    argument.EndsWith(".cake") && System.IO.Path.GetFullPath(System.IO.Path.Combine(shellFolder, argument)) is var script
      && System.IO.File.Exists(script) ? script : argument));
  cake.Environment[mark] = wanted;
  return Run(cake);
}

ProcessStartInfo BuildScript(params string[] options) => OperatingSystem.IsWindows()
  ? new("pwsh", ["-NoProfile", "-File", "build.ps1", .. options])
  : new("bash", ["build.sh", .. options]);

// Ctrl-C reaches the child by itself, and this process waits for it; a TERM is passed on.
int Run(ProcessStartInfo start)
{
  Console.CancelKeyPress += (_, signal) => signal.Cancel = true;
  using var process = Process.Start(start);
  using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
  {
    signal.Cancel = true;
    Process.Start("kill", ["-TERM", $"{process.Id}"]);
  });
  process.WaitForExit();
  return process.ExitCode;
}
