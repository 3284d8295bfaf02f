using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace ScaleMs.Engine.Functions;

/// <summary>Finds the file that holds a method, and the method in it.</summary>
internal static class FunctionFile
{
    /// <summary>The path of the assembly file.</summary>
    /// <exception cref="FunctionIdentityException">There is none: made in memory, or bundled into an executable.</exception>
    public static string PathOf(MethodBase method)
    {
        var assembly = method.DeclaringType is null ? null : method.Module.Assembly;
        if (assembly is null || assembly.IsDynamic || assembly.Location.Length == 0)
        {
            var name = assembly?.GetName().Name ?? "(dynamic)";
            throw new FunctionIdentityException(new FunctionProblem(
                $"the code of '{method.Name}' cannot be identified: its assembly '{name}' has no file of its own",
                ScriptAssembly.Is(name)
                    ? "turn on Cake's script cache (EnableScriptCache=true under [Settings] of cake.config), which keeps the compiled script in a file; or declare the function in a project"
                    : "declare the function in a project that is built to a .dll and loaded from it; leave PublishSingleFile off"));
        }

        return assembly.Location;
    }

    /// <summary>The method in the opened file.</summary>
    /// <exception cref="FunctionIdentityException">The file is no longer the one that was loaded.</exception>
    public static MethodId Find(ModuleFile file, MethodBase method) => file.Mvid == method.Module.ModuleVersionId
        ? new MethodId(file, (MethodDefinitionHandle)MetadataTokens.EntityHandle(method.MetadataToken))
        : throw new FunctionIdentityException(new FunctionProblem(
            $"the code of '{method.Name}' cannot be identified: '{file.Path}' was built anew after it was loaded",
            "start again, so that the code that runs is the code on disk"));
}
