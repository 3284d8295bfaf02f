using System.Security.Cryptography;
using System.Text;

namespace ScaleMs.Launchers.Remote;

/// <summary>The wrapper's text, and how it comes to a site: once, under a name that tells its content.</summary>
internal static class WrapperFile
{
    private const string PutScript = """
        umask 077
        cd && mkdir -p -- "$FOLDER" && cd -- "$FOLDER" || exit 1
        [ -s "$NAME" ] || { cat > "$NAME.$$" && mv -f "$NAME.$$" "$NAME"; } || exit 1
        pwd -P
        """;

    /// <summary>The whole text.</summary>
    internal static string Text { get; } = ShellText.Of("site.sh") + ShellText.Of("wrapper.sh");

    /// <summary>The file's name, with the beginning of the text's digest in it.</summary>
    internal static string Name { get; } = $"wrapper-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..16]}.sh";

    /// <summary>Sees to it that the file is in a folder of this machine.</summary>
    /// <returns>Its path.</returns>
    internal static string Put(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            OwnFile.Write(path, Text);
        }

        return path;
    }

    /// <summary>Sees to it that the file is in a folder of a site.</summary>
    /// <param name="shell">The site's shell.</param>
    /// <param name="folder">The folder; a relative one is below the home directory.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Its absolute path there.</returns>
    /// <exception cref="SiteException">It cannot be written there.</exception>
    internal static async Task<string> PutAsync(ISiteShell shell, string folder, CancellationToken cancellation)
    {
        var script = $"FOLDER={ShellWord.Of(folder)} NAME={ShellWord.Of(Name)}\n{PutScript}";
        var answer = await shell.RunAsync(script, Text, cancellation).ConfigureAwait(false);
        return answer.ExitCode == 0 && answer.Output.TrimEnd('\n') is ['/', ..] there
            ? $"{there}/{Name}"
            : throw new SiteException($"the wrapper cannot be written to '{folder}' at {shell.Name}: {answer.Trouble}");
    }
}
