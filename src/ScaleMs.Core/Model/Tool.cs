namespace ScaleMs.Core.Model;

/// <summary>A program that a step needs, and how its version is told.</summary>
/// <param name="Name">The name that commands use.</param>
/// <param name="Candidates">Paths or program names to look for, first match wins; not in the key.</param>
/// <param name="Version">How the fingerprint is taken.</param>
public sealed record Tool(string Name, IReadOnlyList<string> Candidates, ToolVersion Version);

/// <summary>How the fingerprint of a tool is taken on a site.</summary>
public abstract record ToolVersion
{
    private ToolVersion()
    {
    }

    /// <summary>The bytes of the executable file.</summary>
    public sealed record OfBinary : ToolVersion;

    /// <summary>Lines of what the tool prints about its version; paths and directories that it also prints stay out.</summary>
    /// <param name="Arguments">The arguments that make it print, such as <c>--version</c>.</param>
    /// <param name="LinePrefixes">Prefixes of the lines that count, such as <c>GROMACS version:</c>; all lines that begin with one count, and one without a line is an error.</param>
    public sealed record OfLines(IReadOnlyList<string> Arguments, IReadOnlyList<string> LinePrefixes) : ToolVersion
    {
        /// <summary>Files and directories that the answer depends on besides the executable and its libraries, relative to the executable's directory; those that are not there are passed over.</summary>
        public IReadOnlyList<string> Beside { get; init; } = [];

        /// <summary>Prefixes of lines that count where they are printed.</summary>
        public IReadOnlyList<string> OptionalPrefixes { get; init; } = [];
    }
}

/// <summary>Facts of the site that may enter a key.</summary>
public enum SiteFact
{
    /// <summary>The operating system's family: <c>linux</c>, <c>osx</c> or <c>windows</c>.</summary>
    OperatingSystem,

    /// <summary>The processor architecture: <c>x64</c>, <c>arm64</c>.</summary>
    Architecture,

    /// <summary>The C library and its version, such as <c>glibc 2.36</c>.</summary>
    CLibrary,

    /// <summary>The processor's model name; results of <c>mdrun -reprod</c> hold on one model only.</summary>
    ProcessorModel,
}
