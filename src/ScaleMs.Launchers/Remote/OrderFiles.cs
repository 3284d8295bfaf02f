using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Remote;

/// <summary>Writes the order and the texts of standard inputs into a root.</summary>
internal static class OrderFiles
{
    /// <summary>Writes them; the order last.</summary>
    /// <param name="root">The root on this disk.</param>
    /// <param name="request">The request.</param>
    /// <param name="site">The site.</param>
    /// <param name="place">Where the root is at the site.</param>
    internal static void Write(string root, LaunchRequest request, SiteProfile site, AttemptPlace place)
    {
        for (var i = 0; i < request.Commands.Count; i++)
        {
            if (request.Commands[i].StandardInput is { Length: > 0 } text)
            {
                OwnFile.Write(Path.Combine(root, AttemptFiles.Input(i)), text);
            }
        }

        OwnFile.Write(Path.Combine(root, AttemptFiles.Order), OrderText.Of(request, site, place));
    }
}
