using System.Runtime.CompilerServices;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>The definition goes on when something is known.</content>
public sealed partial class StepBuilder
{
    /// <summary>Goes on with the definition when the content of an artifact is known: declares steps that depend on it.</summary>
    /// <typeparam name="THandles">The handles' type.</typeparam>
    /// <param name="artifact">An output of a step: a small text.</param>
    /// <param name="define">Adds steps, with the builder that it is given, and returns handles to their outputs. As pure a description as <c>Define</c>.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handles, for further continuations in this task or another one.</returns>
    public Deferred<THandles> WhenKnown<THandles>(
        Artifact artifact, Func<StepBuilder, string, THandles> define, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(define);
        var handles = new Deferred<THandles>();
        GoOn(handles, artifact, (steps, text) => handles.Resolve(define(steps, text)), At(file, line));
        return handles;
    }

    /// <summary>Goes on with the definition when the content of an artifact is known, and gives no handles.</summary>
    /// <param name="artifact">An output of a step: a small text.</param>
    /// <param name="define">Adds steps, with the builder that it is given.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public void WhenKnown(Artifact artifact, Action<StepBuilder, string> define, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(define);
        GoOn(new Deferred<string>(), artifact, define, At(file, line));
    }

    /// <summary>Goes on with the definition when deferred handles are known, of this task or another one.</summary>
    /// <typeparam name="THandles">The handles' type.</typeparam>
    /// <typeparam name="TNext">The next handles' type.</typeparam>
    /// <param name="handles">The handles.</param>
    /// <param name="define">Adds steps, with the builder that it is given, and returns handles to their outputs.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handles, for further continuations.</returns>
    public Deferred<TNext> WhenKnown<THandles, TNext>(
        Deferred<THandles> handles, Func<StepBuilder, THandles, TNext> define, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(handles);
        ArgumentNullException.ThrowIfNull(define);
        var next = new Deferred<TNext>();
        Await([handles], 0, next, steps => next.Resolve(define(steps, handles.Handles)), At(file, line));
        return next;
    }

    /// <summary>Goes on with the definition when deferred handles are known, and gives no handles.</summary>
    /// <typeparam name="THandles">The handles' type.</typeparam>
    /// <param name="handles">The handles.</param>
    /// <param name="define">Adds steps, with the builder that it is given.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public void WhenKnown<THandles>(Deferred<THandles> handles, Action<StepBuilder, THandles> define, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(handles);
        ArgumentNullException.ThrowIfNull(define);
        Await([handles], 0, new Deferred<string>(), steps => define(steps, handles.Handles), At(file, line));
    }

    /// <summary>Goes on with the definition when all of some deferred handles are known, such as the ends of an ensemble of loops.</summary>
    /// <typeparam name="THandles">The handles' type.</typeparam>
    /// <typeparam name="TNext">The next handles' type.</typeparam>
    /// <param name="handles">The handles.</param>
    /// <param name="define">Adds steps, with the builder that it is given, and returns handles to their outputs.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handles, for further continuations.</returns>
    public Deferred<TNext> WhenAllKnown<THandles, TNext>(
        IEnumerable<Deferred<THandles>> handles, Func<StepBuilder, IReadOnlyList<THandles>, TNext> define, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(handles);
        ArgumentNullException.ThrowIfNull(define);
        var all = handles.ToList();
        var next = new Deferred<TNext>();
        Await([.. all], 0, next, steps => next.Resolve(define(steps, all.ConvertAll(each => each.Handles))), At(file, line));
        return next;
    }

    /// <summary>Declares a continuation on content; what waits for the handles waits for it.</summary>
    private void GoOn(Deferred handles, Artifact artifact, Action<StepBuilder, string> define, SourceLocation where) => Add(handles, new Continuation
    {
        Task = _task,
        Place = Place,
        Source = global::ScaleMs.Step.Source(artifact),
        Expand = text => Part(steps => define(steps, text)),
        DeclaredAt = where,
    });

    /// <summary>Goes on at once when all handles are known, else after the first that is not.</summary>
    private void Await(IReadOnlyList<Deferred> handles, int from, Deferred next, Action<StepBuilder> define, SourceLocation where)
    {
        while (from < handles.Count && handles[from].IsKnown)
        {
            from++;
        }

        if (from == handles.Count)
        {
            define(this);
            return;
        }

        Add(next, new Continuation
        {
            Task = _task,
            Place = Place,
            After = handles[from].Awaited,
            Expand = _ => Part(steps => steps.Await(handles, from, next, define, where)),
            DeclaredAt = where,
        });
    }

    private void Add(Deferred handles, Continuation continuation)
    {
        handles.Awaited = continuation;
        _use?.GoesOn();
        _collector.Add(continuation);
    }

    private string Place => _prefix.TrimEnd('.') + (_member.Length > 0 ? $"[{_member}]" : string.Empty);

    /// <summary>A part of the definition that is written later, at the same place: task, recipe and member.</summary>
    private Expansion Part(Action<StepBuilder> define)
    {
        using var collector = _collector.Part();
        if (collector.DefineFurther(_task, () => define(new StepBuilder(collector, _task, _prefix, _member, _use))))
        {
            _use?.WentOn(collector);
        }

        return collector.Complete();
    }
}
