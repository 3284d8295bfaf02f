using System.ComponentModel;
using Cake.Cli;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>The options that the host itself understands; all others become arguments of the build.</summary>
internal sealed class RunSettings : CommandSettings
{
    [CommandOption("-t|--target|--Target <TASK>")]
    [DefaultValue("Default")]
    [Description("Task to run; may be given several times.")]
    public string[] Targets { get; set; } = [];

    [CommandOption("-w|--working <PATH>")]
    [TypeConverter(typeof(Cli.DirectoryPathConverter))]
    [Description("Working directory of the build.")]
    public DirectoryPath? WorkingDirectory { get; set; }

    [CommandOption("-v|--verbosity <VERBOSITY>")]
    [TypeConverter(typeof(VerbosityConverter))]
    [Description("How much to print: Quiet, Minimal, Normal, Verbose or Diagnostic; else what the configuration says, or Normal.")]
    public Verbosity? Verbosity { get; set; }

    [CommandOption("--description|--descriptions|--showdescription|--showdescriptions")]
    [Description("List the tasks and their descriptions, run nothing.")]
    public bool ShowsDescriptions { get; set; }

    [CommandOption("--tree|--showtree")]
    [Description("Print the tasks as a tree of dependencies, run nothing.")]
    public bool ShowsTree { get; set; }

    [CommandOption("--dryrun|--noop|--whatif")]
    [Description("Name the tasks in their order, run nothing.")]
    public bool IsDryRun { get; set; }

    [CommandOption("-e|--exclusive")]
    [Description("Run the target without its dependencies.")]
    public bool IsExclusive { get; set; }

    [CommandOption("--no-report")]
    [Description("Print no table of tasks at the end.")]
    public bool HidesReport { get; set; }

    [CommandOption("--version|--ver")]
    [Description("Print the version of the build.")]
    public bool ShowsVersion { get; set; }

    [CommandOption("--info")]
    [Description("Print the versions of the build and of Cake.")]
    public bool ShowsInfo { get; set; }

    public static void AddExamples(IConfigurator app)
    {
        app.AddExample();
        app.AddExample("--target", "Build");
        app.AddExample("--tree");
    }
}
