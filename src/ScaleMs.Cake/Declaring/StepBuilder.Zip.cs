using System.Runtime.CompilerServices;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Several lists side by side.</content>
public sealed partial class StepBuilder
{
    /// <summary>Expands over two lists side by side: the first of one with the first of the other. Lists of different lengths are a fault.</summary>
    /// <typeparam name="TFirst">The type of the first list's items.</typeparam>
    /// <typeparam name="TSecond">The type of the second list's items.</typeparam>
    /// <typeparam name="THandles">The handles' type.</typeparam>
    /// <param name="axis">What a pair is, such as <c>system</c>; the first half of the member's name.</param>
    /// <param name="first">The first list.</param>
    /// <param name="second">The second list, as long as the first.</param>
    /// <param name="name">The pair's own name, told by the first item; the second half of the member's name.</param>
    /// <param name="define">Adds the member's steps and returns handles to their outputs.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handles by member.</returns>
    public Members<(TFirst First, TSecond Second), THandles> Zip<TFirst, TSecond, THandles>(
        string axis,
        IReadOnlyCollection<TFirst> first,
        IReadOnlyCollection<TSecond> second,
        Func<TFirst, object> name,
        Func<StepBuilder, TFirst, TSecond, THandles> define,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(define);
        CheckLengths(axis, At(file, line), first.Count, second.Count);
        return ForEach(axis, first.Zip(second), pair => name(pair.First), (member, pair) => define(member, pair.First, pair.Second), file, line);
    }

    /// <summary>Expands over three lists side by side. Lists of different lengths are a fault.</summary>
    /// <typeparam name="TFirst">The type of the first list's items.</typeparam>
    /// <typeparam name="TSecond">The type of the second list's items.</typeparam>
    /// <typeparam name="TThird">The type of the third list's items.</typeparam>
    /// <typeparam name="THandles">The handles' type.</typeparam>
    /// <param name="axis">What a triple is, such as <c>system</c>; the first half of the member's name.</param>
    /// <param name="first">The first list.</param>
    /// <param name="second">The second list, as long as the first.</param>
    /// <param name="third">The third list, as long as the first.</param>
    /// <param name="name">The triple's own name, told by the first item; the second half of the member's name.</param>
    /// <param name="define">Adds the member's steps and returns handles to their outputs.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handles by member.</returns>
    public Members<(TFirst First, TSecond Second, TThird Third), THandles> Zip<TFirst, TSecond, TThird, THandles>(
        string axis,
        IReadOnlyCollection<TFirst> first,
        IReadOnlyCollection<TSecond> second,
        IReadOnlyCollection<TThird> third,
        Func<TFirst, object> name,
        Func<StepBuilder, TFirst, TSecond, TThird, THandles> define,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(third);
        ArgumentNullException.ThrowIfNull(define);
        CheckLengths(axis, At(file, line), first.Count, second.Count, third.Count);
        return ForEach(axis, first.Zip(second, third), triple => name(triple.First), (member, triple) => define(member, triple.First, triple.Second, triple.Third), file, line);
    }

    private void CheckLengths(string axis, SourceLocation where, params int[] lengths)
    {
        if (lengths.Distinct().Count() > 1)
        {
            _collector.Report(new Fault(
                "SMS1035", FaultKind.Definition, $"the lists of '{axis}' have different lengths: {string.Join(", ", lengths)}", where,
                "give each list one item for each member; to combine all with all, use Cross"));
        }
    }
}
