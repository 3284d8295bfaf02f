using ScaleMs.Core.Digests;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs.Testing;

/// <summary>Says in the plainest way what a run must do, so that the engine can be compared with it. It is slow, and shares no rule with the engine.</summary>
/// <remarks>
/// A step runs when it is declared to run always, when no result is known for what it would do, when the bytes of an output that it publishes are nowhere, or when a step
/// that runs needs bytes that are nowhere. What a step would do is its operation, its outputs' names, and the identities of its inputs:
/// so a step whose inputs are made again and count as the same is spared. Bytes that are nowhere may be made by other work in the same run, too: who comes first
/// spares the other, so of such steps it only says that they may run. Where the definition goes on from a content, it does so from what
/// is known of it in the end; content that is nowhere makes its step run. A directory is its files and the listing of them: who reads it needs
/// both, and its place in the workspace holds the files. It knows identities that are functions of the bytes; what a tolerance keeps depends on what was made before.
/// </remarks>
/// <param name="work">What a step makes of its staged files, by the file's path: a function, the same each time. A file that it does not make is an optional output left out.</param>
/// <param name="fileAt">The text of a file of the workspace; null when it is not there.</param>
/// <param name="isStored">Whether the store holds these bytes.</param>
public sealed class ReferenceEvaluator(
    Func<StepInstance, IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> work,
    Func<string, string?> fileAt,
    Func<string, bool> isStored)
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _known = new(StringComparer.Ordinal);

    /// <summary>Evaluates a workflow as if every step succeeded; nothing is learnt.</summary>
    /// <param name="steps">The steps, each after those it reads.</param>
    /// <param name="except">Steps that are left out, with all that reads them; null for none.</param>
    /// <returns>What is to run and what comes of it.</returns>
    public ReferenceResult Evaluate(IReadOnlyList<StepInstance> steps, Func<StepInstance, bool>? except = null) =>
        Evaluate(new WorkflowDefinition([], steps, []), except);

    /// <summary>Evaluates a workflow with all that comes to be defined on the way, as if every step succeeded; nothing is learnt.</summary>
    /// <param name="definition">The definition; its continuations are expanded, so it serves once.</param>
    /// <param name="except">Steps that are left out, with all that reads them or follows from them; null for none.</param>
    /// <returns>What is to run and what comes of it.</returns>
    public ReferenceResult Evaluate(WorkflowDefinition definition, Func<StepInstance, bool>? except = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var known = new Dictionary<string, IReadOnlyDictionary<string, string>>(_known, StringComparer.Ordinal);
        var byId = new Dictionary<StepId, (StepInstance Step, string Work)>();
        var roots = new HashSet<string>(StringComparer.Ordinal);
        var contents = new List<InputSource.StepOutput>();
        var wentOn = new HashSet<Continuation>();
        Take(definition.Steps);
        for (var open = definition.Continuations.ToList(); open.Find(IsKnown) is { } next; open.Remove(next))
        {
            var more = next.Expand(next.Source is { } source ? Content(source) : string.Empty);
            wentOn.Add(next);
            Take(more.Steps);
            open.AddRange(more.Continuations);
        }

        var runs = WhatRuns((_, _) => false);
        var makers = runs.SelectMany(maker => known[maker].Values.Select(text => (Text: text, Maker: maker))).ToLookup(made => made.Text, made => made.Maker, StringComparer.Ordinal);
        return new ReferenceResult(byId.ToDictionary(pair => pair.Key, pair => pair.Value.Work), runs, known)
        {
            Certain = WhatRuns((text, done) => makers[text].Any(maker => maker != done)),
            Steps = [.. byId.Values.Select(step => step.Step)],
        };

        void Take(IReadOnlyList<StepInstance> steps)
        {
            foreach (var step in steps.Where(step => except?.Invoke(step) != true && Producers(step).All(source => byId.ContainsKey(source.Step))))
            {
                var done = WorkOf(step);
                byId[step.Id] = (step, done);
                if ((step.IsAlways || !known.ContainsKey(done)) && roots.Add(done))
                {
                    known[done] = WithListings(step, work(step, step.Inputs.SelectMany(Staged).ToDictionary()));
                }
            }
        }

        bool IsKnown(Continuation continuation) => continuation.Source is { } source ? byId.ContainsKey(source.Step) : wentOn.Contains(continuation.After!);

        string Content(InputSource.StepOutput source)
        {
            contents.Add(source);
            return known[byId[source.Step].Work][source.Output.Value];
        }

        HashSet<string> WhatRuns(Func<string, string, bool> isMadeByOther)
        {
            var ran = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (step, done) in byId.Values)
            {
                if (roots.Contains(done) || step.Outputs.Any(output => output.PublishTo is not null && !FilesOf(output, known[done]).All(file => IsAtHand(output, file, done))))
                {
                    Run(step.Id);
                }
            }

            foreach (var source in contents.Where(source => !IsAtHand(OutputOf(source), source.Output.Value, byId[source.Step].Work)))
            {
                Run(source.Step);
            }

            return ran;

            void Run(StepId id)
            {
                if (ran.Add(byId[id].Work))
                {
                    foreach (var source in Producers(byId[id].Step).Where(source => !CanBeRead(OutputOf(source), byId[source.Step].Work)))
                    {
                        Run(source.Step);
                    }
                }
            }

            bool CanBeRead(Output output, string done) =>
                (output.IsTree ? FilesOf(output, known[done]).Append(output.Path.Value) : FilesOf(output, known[done])).All(file => IsAtHand(output, file, done));

            bool IsAtHand(Output output, string file, string done) => known[done][file] is var text &&
                (isMadeByOther(text, done) || isStored(text) || (output.PublishTo is { } path && fileAt(path.Value + file[output.Path.Value.Length..]) == text));
        }

        string WorkOf(StepInstance step) => string.Join('\n', [
            .. ((Operation.Commands)step.Operation).List.Select(command => command.Display),
            .. step.IsAlways ? [$"always {step.Id}"] : Array.Empty<string>(),
            .. step.Outputs.Select(output => $"{output.Path} {output.Identity.Name}"),
            .. step.Inputs.Select(input => $"{input.Name} {IdentityOf(input, Text(input))}")]);

        string? Text(Input input) => input.Source is InputSource.StepOutput source
            ? known[byId[source.Step].Work].GetValueOrDefault(source.Output.Value)
            : fileAt(((InputSource.SourceFile)input.Source).Path)!;

        IEnumerable<KeyValuePair<string, string>> Staged(Input input)
        {
            if (input.Source is InputSource.StepOutput source && OutputOf(source) is { IsTree: true } tree)
            {
                var made = known[byId[source.Step].Work];
                return FilesOf(tree, made).Select(file => KeyValuePair.Create(input.Name.Value + file[tree.Path.Value.Length..], made[file]));
            }

            return Text(input) is { } text ? [KeyValuePair.Create(input.Name.Value, text)] : [];
        }

        Digest IdentityOf(Input input, string? text) => text is null ? Digest.OfText("left out")
            : input.Source is not InputSource.StepOutput source ? Identify(input.Identity, text)
            : Identify(input.AsBytes || OutputOf(source).IsTree ? ContentIdentity.Bytes : ((OutputIdentity.Canonical)OutputOf(source).Identity).Rule, text);

        Output OutputOf(InputSource.StepOutput source) => byId[source.Step].Step.Outputs.First(output => output.Path == source.Output);
    }

    /// <summary>The files that a work made for an output; none where it left it out.</summary>
    /// <param name="output">The declaration.</param>
    /// <param name="made">What the work made.</param>
    /// <returns>Their paths in the step's directory.</returns>
    public static IEnumerable<string> FilesOf(Output output, IReadOnlyDictionary<string, string> made)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(made);
        return made.Keys.Where(file => output.IsTree ? file.StartsWith(output.Path.Value + "/", StringComparison.Ordinal) : file == output.Path.Value);
    }

    private static Dictionary<string, string> WithListings(StepInstance step, IReadOnlyDictionary<string, string> made)
    {
        var all = new Dictionary<string, string>(made, StringComparer.Ordinal);
        foreach (var tree in step.Outputs.Where(output => output.IsTree))
        {
            var entries = FilesOf(tree, made).Select(file => TreeEntry.OfFile(file[(tree.Path.Value.Length + 1)..], Digest.OfText(made[file]), isExecutable: false));
            all[tree.Path.Value] = TreeListing.Of(entries).Write();
        }

        return all;
    }

    /// <summary>Takes note of work that was done and recorded.</summary>
    /// <param name="result">The evaluation that told of it.</param>
    /// <param name="step">The step that did it.</param>
    public void Learn(ReferenceResult result, StepId step)
    {
        ArgumentNullException.ThrowIfNull(result);
        _known[result.Works[step]] = result.Made[result.Works[step]];
    }

    private static IEnumerable<InputSource.StepOutput> Producers(StepInstance step) => step.Inputs.Select(input => input.Source).OfType<InputSource.StepOutput>();

    private static Digest Identify(ContentIdentity rule, string text)
    {
        var digester = rule.Start();
        digester.Append(System.Text.Encoding.UTF8.GetBytes(text));
        return digester.Finish();
    }
}
