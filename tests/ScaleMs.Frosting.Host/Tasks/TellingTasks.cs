using Cake.Core;
using Cake.Frosting;

namespace ScaleMs.Frosting.Host.Tasks;

/// <summary>Tells what it was given.</summary>
[TaskName("Tell")]
public sealed class TellTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        foreach (var (name, values) in context.Arguments.GetArguments().OrderBy(argument => argument.Key, StringComparer.Ordinal))
        {
            context.Tell($"argument {name} = {string.Join(",", values)}");
        }

        context.Tell($"greeting {context.Greeting}");
        context.Tell($"setting {context.Configuration.GetValue("HOST_COLOUR")}");
        context.Tell($"directory {context.Environment.WorkingDirectory.GetDirectoryName()}");
        context.Tell($"verbosity {context.Log.Verbosity}");
    }
}

/// <summary>Tells where a tool is.</summary>
[TaskName("FindTool")]
public sealed class FindToolTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        var name = context.Arguments.GetArguments("tool").Single();
        var path = context.Tools.Resolve(name);
        context.Tell($"tool {(path is null ? "none" : context.Environment.WorkingDirectory.GetRelativePath(path))}");
    }
}

/// <summary>Uses the installer itself.</summary>
[TaskName("InstallTool")]
public sealed class InstallToolTask(IToolInstaller installer) : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        try
        {
            installer.Install(new Cake.Core.Packaging.PackageReference(context.Arguments.GetArguments("address").Single()));
        }
        catch (FrostingException exception)
        {
            context.Tell($"refused {exception.Message}");
        }
    }
}
