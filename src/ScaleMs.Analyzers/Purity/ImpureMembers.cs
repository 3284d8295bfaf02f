using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace ScaleMs.Analyzers;

/// <summary>Members of the framework and of Cake that no definition should use: those of which it is certain.</summary>
internal static class ImpureMembers
{
    private const string Any = "*";
    private const string Constructor = ".ctor";

    /// <summary>By the type's full name; for each way the members' names.</summary>
    private static readonly Dictionary<string, (Impurity Impurity, string[] Members)[]> Known = new(StringComparer.Ordinal)
    {
        ["System.DateTime"] = [(Impurity.Clock, ["Now", "UtcNow", "Today"])],
        ["System.DateTimeOffset"] = [(Impurity.Clock, ["Now", "UtcNow"])],
        ["System.TimeProvider"] = [(Impurity.Clock, ["System"])],
        ["System.Diagnostics.Stopwatch"] = [(Impurity.Clock, ["StartNew", "GetTimestamp", Constructor])],
        ["System.Random"] = [(Impurity.Random, ["Shared", Constructor])],
        ["System.Guid"] = [(Impurity.Random, ["NewGuid", "CreateVersion7"])],
        ["System.Security.Cryptography.RandomNumberGenerator"] = [(Impurity.Random, [Any])],
        ["System.Environment"] =
        [
            (Impurity.Clock, ["TickCount", "TickCount64"]),
            (Impurity.Variable, ["GetEnvironmentVariable", "GetEnvironmentVariables", "ExpandEnvironmentVariables"]),
            (Impurity.Machine, ["MachineName", "UserName", "UserDomainName", "CurrentDirectory", "GetFolderPath", "CommandLine", "GetCommandLineArgs", "ProcessId", "ProcessPath"]),
        ],
        ["System.IO.Path"] = [(Impurity.Random, ["GetRandomFileName", "GetTempFileName"]), (Impurity.Machine, ["GetTempPath"])],
        ["System.IO.File"] = [(Impurity.File, [Any])],
        ["System.IO.Directory"] = [(Impurity.File, [Any])],
        ["System.IO.FileInfo"] = [(Impurity.File, [Constructor])],
        ["System.IO.DirectoryInfo"] = [(Impurity.File, [Constructor])],
        ["System.IO.FileStream"] = [(Impurity.File, [Constructor])],
        ["System.Diagnostics.Process"] = [(Impurity.Machine, ["Start", "GetCurrentProcess", "GetProcesses"])],
        ["System.Net.Dns"] = [(Impurity.Machine, [Any])],
        ["Cake.Core.ICakeEnvironment"] = [(Impurity.Variable, ["GetEnvironmentVariable", "GetEnvironmentVariables"])],
        ["Cake.Core.IO.IGlobber"] = [(Impurity.File, ["Match"])],
        ["Cake.Common.EnvironmentAliases"] = [(Impurity.Variable, ["EnvironmentVariable", "EnvironmentVariables", "HasEnvironmentVariable"])],
        ["Cake.Common.IO.FileAliases"] = [(Impurity.File, ["FileExists", "FileSize"])],
        ["Cake.Common.IO.DirectoryAliases"] = [(Impurity.File, ["DirectoryExists", "GetSubDirectories"])],
        ["Cake.Common.IO.GlobbingAliases"] = [(Impurity.File, ["GetFiles", "GetDirectories", "GetPaths"])],
    };

    private static readonly HashSet<string> Names = [.. ShortNames()];

    /// <summary>In what way a member is impure; null when it is not known to be.</summary>
    public static Impurity? Of(ISymbol member)
    {
        if (member.ContainingType is not { } type || !Names.Contains(type.Name) || IsSeeded(member) || !Known.TryGetValue(type.ToDisplayString(), out var ways))
        {
            return null;
        }

        foreach (var (impurity, members) in ways)
        {
            if (Array.Exists(members, name => name == Any || name == member.Name))
            {
                return impurity;
            }
        }

        return null;
    }

    /// <summary>A generator of pseudo-random numbers repeats them for the same seed.</summary>
    private static bool IsSeeded(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: > 0, ContainingType.Name: "Random" };

    private static IEnumerable<string> ShortNames()
    {
        foreach (var name in Known.Keys)
        {
            yield return name.Substring(name.LastIndexOf('.') + 1);
        }
    }
}
