using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Gathers findings from several threads.</summary>
internal sealed class FindingList(StoreLayout layout)
{
    private readonly Lock _gate = new();
    private readonly List<Finding> _findings = [];

    public void Damage(string what, string where, string advice) => Add(FindingKind.Damage, what, where, advice);

    public void Lost(string what, string where, string advice) => Add(FindingKind.Lost, what, where, advice);

    public void Notice(string what, string where, string advice) => Add(FindingKind.Notice, what, where, advice);

    public IReadOnlyList<Finding> Ordered() =>
        [.. _findings.OrderBy(finding => finding.Kind).ThenBy(finding => finding.Where, StringComparer.Ordinal).ThenBy(finding => finding.What, StringComparer.Ordinal)];

    private void Add(FindingKind kind, string what, string where, string advice)
    {
        var place = Path.IsPathRooted(where) ? Path.GetRelativePath(layout.Root, where).Replace('\\', '/') : where;
        lock (_gate)
        {
            _findings.Add(new Finding(kind, what, place, advice));
        }
    }
}
