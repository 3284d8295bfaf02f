using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace ScaleMs.Analyzers;

/// <summary>What the tasks of a compilation publish whenever they are defined.</summary>
internal sealed class PublishedPaths
{
    private readonly ConcurrentBag<PublishedPath> _paths = [];

    public void Add(IEnumerable<PublishedPath> paths)
    {
        foreach (var path in paths)
        {
            _paths.Add(path);
        }
    }

    /// <summary>Paths that two tasks of one run publish: one without the other task is no mistake, as two targets may make the same file in two ways.</summary>
    public IEnumerable<(PublishedPath First, PublishedPath Second)> Shared(TaskGraph tasks) => _paths
        .OrderBy(path => path.Place.SyntaxTree.FilePath, StringComparer.Ordinal)
        .ThenBy(path => path.Place.SpanStart)
        .GroupBy(path => path.Text, StringComparer.Ordinal)
        .SelectMany(group => group.Skip(1).Select((second, place) => (First: group.Take(place + 1).FirstOrDefault(first => AreTogether(tasks, first, second)), second)))
        .Where(pair => pair.First is not null)
        .Select(pair => (pair.First!, pair.second));

    private static bool AreTogether(TaskGraph tasks, PublishedPath first, PublishedPath second) =>
        first.Owner is { } one && second.Owner is { } other && !KnownTypes.Is(one, other) && tasks.AreTogether(one, other);
}
