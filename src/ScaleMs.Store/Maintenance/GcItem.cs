namespace ScaleMs.Store.Maintenance;

/// <summary>Something that goes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Where it is, relative to the store.</param>
/// <param name="Bytes">The length of its files.</param>
/// <param name="Step">The step that makes it again; empty when nothing would.</param>
/// <param name="Action">The key of the cheapest action that makes it again; empty when nothing would.</param>
/// <param name="SecondsToRecreate">The recorded wall time of that action, in seconds.</param>
public sealed record GcItem(GcKind Kind, string Path, long Bytes, string Step, string Action, double SecondsToRecreate);
