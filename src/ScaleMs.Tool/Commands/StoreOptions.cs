using System.CommandLine;
using ScaleMs.Store;

namespace ScaleMs.Tool.Commands;

/// <summary>The options that every command about a store has.</summary>
internal static class StoreOptions
{
    private static readonly Option<DirectoryInfo> WorkspaceOption = new("--workspace", "-w")
    {
        Description = "the workspace's folder; the current one by default",
        HelpName = "DIR",
        Recursive = true,
        DefaultValueFactory = _ => new DirectoryInfo(Directory.GetCurrentDirectory()),
    };

    private static readonly Option<string> StoreOption = new("--store")
    {
        Description = "the store's folder: a name in the workspace, or an absolute path",
        HelpName = "DIR",
        Recursive = true,
        DefaultValueFactory = _ => OpenOptions.DefaultDirectoryName,
    };

    private static readonly Option<bool> JsonOption = new("--json") { Description = "prints JSON, for machines", Recursive = true };

    public static void AddTo(RootCommand root)
    {
        root.Add(WorkspaceOption);
        root.Add(StoreOption);
        root.Add(JsonOption);
    }

    public static string Workspace(this ParseResult parsed) => parsed.GetRequiredValue(WorkspaceOption).FullName;

    public static OpenOptions Store(this ParseResult parsed) => new() { DirectoryName = parsed.GetRequiredValue(StoreOption) };

    public static bool IsJson(this ParseResult parsed) => parsed.GetValue(JsonOption);

    public static TextWriter Output(this ParseResult parsed) => parsed.InvocationConfiguration.Output;
}
