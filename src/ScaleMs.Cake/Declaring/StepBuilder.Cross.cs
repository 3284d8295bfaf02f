using System.Runtime.CompilerServices;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>All with all.</content>
public sealed partial class StepBuilder
{
    /// <summary>Expands over all pairs of two axes: members such as <c>T=300,replica=3</c>. For further axes, expand again inside the member.</summary>
    /// <typeparam name="TFirst">The type of the first axis's items.</typeparam>
    /// <typeparam name="TSecond">The type of the second axis's items.</typeparam>
    /// <typeparam name="THandles">The handles' type.</typeparam>
    /// <param name="first">The first axis.</param>
    /// <param name="second">The second axis.</param>
    /// <param name="define">Adds the member's steps and returns handles to their outputs.</param>
    /// <param name="include">Pairs besides; one that is there already counts once.</param>
    /// <param name="exclude">Which pairs of the axes are left out; those of <paramref name="include"/> stay.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handles by member.</returns>
    public Members<(TFirst First, TSecond Second), THandles> Cross<TFirst, TSecond, THandles>(
        Axis<TFirst> first,
        Axis<TSecond> second,
        Func<StepBuilder, TFirst, TSecond, THandles> define,
        IEnumerable<(TFirst First, TSecond Second)>? include = null,
        Func<TFirst, TSecond, bool>? exclude = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(define);
        var where = At(file, line);
        var pairs = first.Items.SelectMany(_ => second.Items, (one, other) => (First: one, Second: other)).Where(pair => exclude?.Invoke(pair.First, pair.Second) != true);
        return Matrix(
            pairs.Concat(include ?? []),
            pair => Member(first, pair.First, where).Member(second, pair.Second, where),
            (member, pair) => define(member, pair.First, pair.Second));
    }

    /// <summary>Expands over all triples of three axes: members such as <c>T=300,p=1,replica=3</c>.</summary>
    /// <typeparam name="TFirst">The type of the first axis's items.</typeparam>
    /// <typeparam name="TSecond">The type of the second axis's items.</typeparam>
    /// <typeparam name="TThird">The type of the third axis's items.</typeparam>
    /// <typeparam name="THandles">The handles' type.</typeparam>
    /// <param name="first">The first axis.</param>
    /// <param name="second">The second axis.</param>
    /// <param name="third">The third axis.</param>
    /// <param name="define">Adds the member's steps and returns handles to their outputs.</param>
    /// <param name="include">Triples besides; one that is there already counts once.</param>
    /// <param name="exclude">Which triples of the axes are left out; those of <paramref name="include"/> stay.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handles by member.</returns>
    public Members<(TFirst First, TSecond Second, TThird Third), THandles> Cross<TFirst, TSecond, TThird, THandles>(
        Axis<TFirst> first,
        Axis<TSecond> second,
        Axis<TThird> third,
        Func<StepBuilder, TFirst, TSecond, TThird, THandles> define,
        IEnumerable<(TFirst First, TSecond Second, TThird Third)>? include = null,
        Func<TFirst, TSecond, TThird, bool>? exclude = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(third);
        ArgumentNullException.ThrowIfNull(define);
        var where = At(file, line);
        var triples = from one in first.Items from other in second.Items from last in third.Items select (First: one, Second: other, Third: last);
        return Matrix(
            triples.Where(triple => exclude?.Invoke(triple.First, triple.Second, triple.Third) != true).Concat(include ?? []),
            triple => Member(first, triple.First, where).Member(second, triple.Second, where).Member(third, triple.Third, where),
            (member, triple) => define(member, triple.First, triple.Second, triple.Third));
    }

    private static Members<TItem, THandles> Matrix<TItem, THandles>(IEnumerable<TItem> items, Func<TItem, StepBuilder> member, Func<StepBuilder, TItem, THandles> define)
    {
        var members = new List<(TItem, THandles)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var builder = member(item);
            if (names.Add(builder._member))
            {
                members.Add((item, define(builder, item)));
            }
        }

        return new Members<TItem, THandles>(members);
    }

    private StepBuilder Member<TItem>(Axis<TItem> axis, TItem item, SourceLocation where)
    {
        var label = axis.LabelOf(item);
        _collector.CheckName(axis.Name, "axis", where);
        _collector.CheckName(label, "member", where);
        return Member(axis.Name, label);
    }
}
