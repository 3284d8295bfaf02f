using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ScaleMs.Analyzers;

/// <summary>The task classes of a compilation that a host finds, and on which others each depends.</summary>
internal sealed class TaskGraph(KnownTypes types)
{
    private readonly ConcurrentBag<INamedTypeSymbol> _tasks = [];

    /// <summary>The tasks, in the order of their sources.</summary>
    public IReadOnlyList<INamedTypeSymbol> Tasks =>
        [.. _tasks.OrderBy(task => task.Locations[0].SourceTree?.FilePath, System.StringComparer.Ordinal).ThenBy(task => task.Locations[0].SourceSpan.Start)];

    /// <summary>Takes a class, if it is a task that a host finds.</summary>
    public void Add(INamedTypeSymbol type)
    {
        if (type is { TypeKind: TypeKind.Class, IsAbstract: false } && types.IsTask(type) && IsVisible(type))
        {
            _tasks.Add(type);
        }
    }

    /// <summary>Whether there is a target whose run defines both.</summary>
    public bool AreTogether(INamedTypeSymbol one, INamedTypeSymbol other) => _tasks.Any(target =>
    {
        var closure = ClosureOf(target);
        return closure.Contains(one) && closure.Contains(other);
    });

    private HashSet<ISymbol> ClosureOf(INamedTypeSymbol target)
    {
        var closure = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<INamedTypeSymbol>([target]);
        while (open.Count > 0)
        {
            var task = open.Pop();
            if (closure.Add(task))
            {
                foreach (var next in Dependencies(task))
                {
                    open.Push(next);
                }
            }
        }

        return closure;
    }

    private IEnumerable<INamedTypeSymbol> Dependencies(INamedTypeSymbol task) => task.InstanceConstructors
        .SelectMany(constructor => constructor.Parameters.Select(parameter => parameter.Type))
        .OfType<INamedTypeSymbol>().Where(types.IsTask)
        .Concat(Named(task, "IsDependentOnAttribute"))
        .Concat(_tasks.Where(other => Named(other, "IsDependeeOfAttribute").Any(dependee => KnownTypes.Is(dependee, task))));

    private static IEnumerable<INamedTypeSymbol> Named(INamedTypeSymbol task, string attribute) => task.GetAttributes()
        .Where(each => each.AttributeClass?.Name == attribute && each.ConstructorArguments.Length == 1)
        .Select(each => each.ConstructorArguments[0].Value)
        .OfType<INamedTypeSymbol>();

    private static bool IsVisible(INamedTypeSymbol type)
    {
        for (var part = type; part is not null; part = part.ContainingType)
        {
            if (part.DeclaredAccessibility != Accessibility.Public)
            {
                return false;
            }
        }

        return true;
    }
}
