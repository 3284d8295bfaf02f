using ScaleMs.Core.Model;

namespace ScaleMs.Launchers.Sites;

/// <summary>A site or a profile as a file has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Where">Where its name stands.</param>
/// <param name="Layer">What it says itself.</param>
internal sealed record SiteEntry(string Name, SourceLocation Where, SiteLayer Layer)
{
    private const string ExtendsForm = "a list of names of profiles, the last one counting most";

    /// <summary>The profiles that it names, with the places.</summary>
    public IEnumerable<SiteSetting> Extended(ICollection<Core.Faults.Fault> faults) =>
        new SiteValues([Layer], string.Empty, faults).Elements("extends", ExtendsForm).Where(name => name.Text is not null || Refuse(name, faults));

    private static bool Refuse(SiteSetting name, ICollection<Core.Faults.Fault> faults)
    {
        faults.Add(SiteFaults.BadForm("extends", ExtendsForm, name.Where));
        return false;
    }
}
