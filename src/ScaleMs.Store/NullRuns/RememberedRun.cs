using ScaleMs.Core.Records;
using ScaleMs.Store.Definitions;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.NullRuns;

/// <summary>A null run that is remembered, and what has changed since.</summary>
public sealed class RememberedRun
{
    private readonly StoreLayout _layout;
    private readonly NullRunFile _file;
    private readonly IReadOnlyList<int> _edited;

    internal RememberedRun(StoreLayout layout, NullRunFile file, IReadOnlyList<int> edited) => (_layout, _file, _edited) = (layout, file, edited);

    /// <summary>The null run, without its looks and its definition.</summary>
    public NullRun Run => _file.Head.Run;

    /// <summary>Whether everything is as it was, so that the next run is the same.</summary>
    public bool Holds => _edited.Count == 0;

    /// <summary>The part of the workflow that the edits reach.</summary>
    /// <returns>Null when its definition was not kept, or an edit may reach further than is known.</returns>
    public AffectedPart? Affected() =>
        _file.Head.Definition is { } mark && DefinitionFile.TryRead(_layout.Definition(Run.Circumstances), mark) is { } kept ? AffectedPart.Of(_file, kept, _edited) : null;
}
