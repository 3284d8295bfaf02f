using System.Globalization;
using ScaleMs.Core.Model;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>What a machine is asked.</summary>
internal static class PlaceQuestions
{
    /// <summary>The programs of coreutils that the wrapper, the questions and the transport call.</summary>
    private static readonly string[] Coreutils =
        ["base64", "cat", "chmod", "cut", "date", "df", "env", "head", "id", "ln", "ls", "mkdir", "mktemp", "mv", "od", "printf", "readlink", "rm", "rmdir", "sha256sum", "sleep", "stat", "tail", "timeout", "touch", "tr", "uname"];

    /// <summary>The questions.</summary>
    /// <param name="site">What the profile says.</param>
    /// <param name="request">What it is examined for.</param>
    /// <param name="probe">A file that both sides see; null where they need not.</param>
    public static SiteScript Of(SiteProfile site, DoctorRequest request, SharedProbe? probe)
    {
        var script = new SiteScript(site).With("doctor.sh").AskFirst("place").AskFirst("coreutils" + ShellWord.All(Coreutils)).AskFirst("digests").AskFirst("has tar gzip setsid");
        AskFolder(script, site, request);
        if (probe is not null)
        {
            script.AskFirst(string.Create(CultureInfo.InvariantCulture, $"both_sides {ShellWord.Of(probe.Path)} {(int)request.FileDelay.TotalSeconds}"));
        }

        return Tools(script.AreSet(site.Pass), request);
    }

    /// <summary>Where the tools are, and their digests.</summary>
    public static SiteScript Tools(SiteScript script, DoctorRequest request)
    {
        for (var i = 0; i < request.Tools.Count; i++)
        {
            script.Tool(i, new Tool(request.Tools[i], [request.Tools[i]], new ToolVersion.OfBinary()));
        }

        return script;
    }

    /// <summary>A variable that is not set ends only the question.</summary>
    private static void AskFolder(SiteScript script, SiteProfile site, DoctorRequest request)
    {
        if (site.Scratch.Length > 0 || !site.IsShared)
        {
            script.AskFirst($"( folder {ScratchFolder.WordOf(site.Scratch)} ) 2> \"$ask_folder/unset\" || {{ tell no-folder-there {ShellWord.Of(site.Scratch)}; tell_file why \"$ask_folder/unset\"; }}");
        }
        else
        {
            script.AskFirst("folder " + ShellWord.Of(request.Workspace));
        }
    }
}
