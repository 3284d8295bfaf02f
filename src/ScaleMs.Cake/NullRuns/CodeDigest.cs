using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;

namespace ScaleMs;

/// <summary>The identity of what a verdict of purity is about: the methods, the files with all IL that they can reach, and the runtime below them.</summary>
internal static class CodeDigest
{
    private const string Form = "scalems.code/1";

    /// <summary>The digest of some code.</summary>
    /// <param name="called">Where the code begins.</param>
    /// <param name="passedOn">Methods that are named and not called.</param>
    /// <param name="looks">The program's files as they are, among others.</param>
    public static Digest Of(IEnumerable<MethodBase> called, IEnumerable<MethodBase> passedOn, IEnumerable<Look> looks)
    {
        var text = new StringBuilder();
        Append(text, Form);
        Append(text, RuntimeInformation.FrameworkDescription);
        Append(text, RuntimeEnvironment.GetRuntimeDirectory());
        AppendAll(text, called.Select(Name));
        AppendAll(text, passedOn.Select(Name));
        var files = ProgramFiles.Code().ToHashSet(StringComparer.Ordinal);
        AppendAll(text, looks.Where(look => files.Contains(look.Path)).Select(Name));
        return Digest.OfText(text.ToString());
    }

    /// <summary>The module's id is made anew with each build, or is a digest of what was built; the token finds the method in it.</summary>
    private static string Name(MethodBase method) =>
        string.Create(CultureInfo.InvariantCulture, $"{method.Module.FullyQualifiedName}\0{method.Module.ModuleVersionId}\0{method.MetadataToken}");

    private static string Name(Look look) => look.Found is { } found
        ? string.Create(CultureInfo.InvariantCulture, $"{look.Path}\0{found.Device} {found.Inode} {found.Length} {found.ModifiedNs} {found.ChangedNs}")
        : look.Path;

    private static void AppendAll(StringBuilder text, IEnumerable<string> values)
    {
        List<string> sorted = [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Append(text, sorted.Count.ToString(CultureInfo.InvariantCulture));
        sorted.ForEach(value => Append(text, value));
    }

    /// <summary>With its length in front, so that no two lists of values look the same.</summary>
    private static void Append(StringBuilder text, string value) => text.Append(CultureInfo.InvariantCulture, $"{value.Length}:{value}");
}
