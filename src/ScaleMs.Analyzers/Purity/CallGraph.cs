using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ScaleMs.Analyzers;

/// <summary>Which code of a compilation calls which, and what each uses itself.</summary>
internal sealed class CallGraph
{
    /// <summary>How far calls are followed: code that is deeper hardly belongs to the definition.</summary>
    private const int Depth = 8;

    private readonly ConcurrentDictionary<ISymbol, CodeUses> _code = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentBag<(ISymbol Caller, ISymbol Called)> _fromDefinitions = [];

    /// <summary>Takes the code of a member.</summary>
    public void Add(ISymbol member, CodeUses uses)
    {
        _code.TryAdd(member.OriginalDefinition, uses);
        foreach (var called in uses.CalledDefining)
        {
            _fromDefinitions.Add((member, called));
        }
    }

    /// <summary>What definitions use through calls: each use once, with the definition from which it is reached.</summary>
    public IEnumerable<(Use Use, string Caller)> Reached()
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Queue<(ISymbol Member, string Caller, int Depth)>();
        foreach (var (caller, called) in _fromDefinitions.OrderBy(pair => NameOf(pair.Caller), StringComparer.Ordinal))
        {
            open.Enqueue((called, NameOf(caller), 1));
        }

        while (open.Count > 0)
        {
            var (member, caller, depth) = open.Dequeue();
            if (!seen.Add(member) || !_code.TryGetValue(member, out var uses))
            {
                continue;
            }

            foreach (var use in uses.Other)
            {
                yield return (use, caller);
            }

            foreach (var called in depth < Depth ? uses.Called : [])
            {
                open.Enqueue((called, caller, depth + 1));
            }
        }
    }

    private static string NameOf(ISymbol member) => member.Name == ".ctor" ? $"new {member.ContainingType.Name}" : $"{member.ContainingType.Name}.{member.Name}";
}
