using ScaleMs.Core.Model;

namespace ScaleMs.Launchers.Sites;

/// <summary>Words facts as this machine words its own, so that results of equal machines share keys.</summary>
internal static class SiteFacts
{
    /// <summary>A fact out of a site's answer.</summary>
    public static string Of(SiteFact fact, SiteAnswer answer) => fact switch
    {
        SiteFact.OperatingSystem => System(answer["system"] ?? string.Empty),
        SiteFact.Architecture => Architecture(answer["machine"] ?? string.Empty).ToUpperInvariant(),
        SiteFact.CLibrary => answer["library"] is { Length: > 0 } library ? library : System(answer["system"] ?? string.Empty) == "linux" ? "other" : "system",
        SiteFact.ProcessorModel => answer["processor"] is { Length: > 0 } model ? model : Architecture(answer["machine"] ?? string.Empty),
        _ => throw new InvalidOperationException($"Unknown site fact {fact}."),
    };

    private static string System(string name) => name switch
    {
        "Linux" => "linux",
        "Darwin" => "osx",
        _ when name.StartsWith("MINGW", StringComparison.Ordinal) || name.StartsWith("MSYS", StringComparison.Ordinal) || name.StartsWith("CYGWIN", StringComparison.Ordinal) => "windows",
        _ => name.ToLowerInvariant(),
    };

    /// <summary>As .NET names what <c>uname -m</c> tells.</summary>
    private static string Architecture(string machine) => machine switch
    {
        "x86_64" or "amd64" => "X64",
        "aarch64" or "arm64" => "Arm64",
        "i386" or "i486" or "i586" or "i686" => "X86",
        "ppc64le" => "Ppc64le",
        "s390x" => "S390x",
        "riscv64" => "RiscV64",
        "loongarch64" => "LoongArch64",
        "armv6l" => "Armv6",
        _ when machine.StartsWith("armv", StringComparison.Ordinal) => "Arm",
        _ => machine,
    };
}
