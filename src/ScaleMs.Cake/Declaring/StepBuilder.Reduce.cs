using System.Globalization;
using System.Runtime.CompilerServices;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Groups of members, and chains.</content>
public sealed partial class StepBuilder
{
    /// <summary>Reduces members by groups, such as all replicas of one temperature: each group's steps wait for its own members only.</summary>
    /// <typeparam name="TItem">The members' items.</typeparam>
    /// <typeparam name="THandles">The members' handles.</typeparam>
    /// <typeparam name="TKey">What the members of a group have in common.</typeparam>
    /// <typeparam name="TResult">The type of a group's handles.</typeparam>
    /// <param name="axis">What a group is, such as <c>T</c>; the first half of its name.</param>
    /// <param name="members">The members.</param>
    /// <param name="by">The group of an item; its text is the second half of the group's name.</param>
    /// <param name="define">Adds a group's steps and returns handles to their outputs.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handles by group, in the order in which the groups first come up.</returns>
    public Members<TKey, TResult> Reduce<TItem, THandles, TKey, TResult>(
        string axis,
        Members<TItem, THandles> members,
        Func<TItem, TKey> by,
        Func<StepBuilder, TKey, Members<TItem, THandles>, TResult> define,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(define);
        var groups = members.GroupBy(member => by(member.Item)).ToDictionary(group => group.Key, group => new Members<TItem, THandles>([.. group]));
        return ForEach(axis, members.Select(member => by(member.Item)).Distinct(), key => key, (member, key) => define(member, key, groups[key]), file, line);
    }

    /// <summary>Makes a chain in which each piece goes on from the one before, such as the segments of a long simulation: a higher count runs only the new pieces.</summary>
    /// <typeparam name="THandles">The handles' type.</typeparam>
    /// <param name="axis">What a piece is, such as <c>segment</c>: members are <c>segment=1</c> and so on.</param>
    /// <param name="count">How many pieces, from 0.</param>
    /// <param name="start">What the first piece goes on from; may be null.</param>
    /// <param name="each">Adds a piece's steps, from the handles of the one before.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handles by piece, in order: together they read as one.</returns>
    public Members<int, THandles> Segments<THandles>(
        string axis, int count, THandles start, Func<StepBuilder, THandles, THandles> each, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(each);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _collector.CheckName(axis, "axis", At(file, line));
        var pieces = new List<(int, THandles)>();
        for (var (piece, last) = (1, start); piece <= count; piece++)
        {
            last = each(Member(axis, piece.ToString(CultureInfo.InvariantCulture)), last);
            pieces.Add((piece, last));
        }

        return new Members<int, THandles>(pieces);
    }
}
