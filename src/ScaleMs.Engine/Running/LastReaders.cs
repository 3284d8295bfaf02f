using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Judging;

namespace ScaleMs.Engine.Running;

/// <summary>Tells when nothing in this run can ask for an output's bytes any more, so that they may go while the run goes on.</summary>
/// <remarks>
/// That every reader is settled is not enough: one that was spared may have no bytes of its own, and is opened again when its own readers
/// need them. So a reader is done when it executed, when its outputs are at hand, or when all who read those are done in turn. A question
/// that must wait does so at one reader that is not done, and is asked again when that is settled: a null run asks none. For the run
/// loop's thread.
/// </remarks>
/// <param name="works">All nodes, by their index.</param>
/// <param name="inspector">Tells where bytes are.</param>
/// <param name="onRead">Told of an output when all its readers are done, or when it has none; perhaps more than once.</param>
/// <param name="isOpen">Whether there may yet be readers that nobody knows: then all questions wait.</param>
internal sealed class LastReaders(IReadOnlyList<Work> works, OutputInspector inspector, Action<Work, Output> onRead, Func<bool> isOpen)
{
    private readonly HashSet<Work> _done = [];
    private readonly Dictionary<Work, HashSet<Question>> _waiting = [];
    private readonly Queue<Question> _open = new();

    /// <summary>An instance was settled: asks about its new bytes and what it read for them, and again what waited for it.</summary>
    public void OnSettled(Work work)
    {
        if (work.HasNewBytes)
        {
            AskAboutNewBytes(work);
        }

        AskAgain(work);
        AnswerAll();
    }

    private void AskAboutNewBytes(Work work)
    {
        AskAboutOutputs(work, _ => true);
        foreach (var producer in work.Node.Producers.Select(node => works[node.Index]).Where(producer => !producer.HasNewBytes))
        {
            AskAboutOutputs(producer, output => work.Reads(producer.Step.Id, output));
        }
    }

    /// <summary>Asks about an output.</summary>
    public void Ask(Work work, Output output)
    {
        _open.Enqueue(new Question(work, output));
        AnswerAll();
    }

    private void AskAboutOutputs(Work work, Predicate<Output> isMeant)
    {
        foreach (var output in work.Step.Outputs)
        {
            if (output.Keep != Keep.Always && isMeant(output))
            {
                _open.Enqueue(new Question(work, output));
            }
        }
    }

    private void AskAgain(Work settled)
    {
        if (_waiting.Remove(settled, out var questions))
        {
            foreach (var question in questions)
            {
                _open.Enqueue(question);
            }
        }
    }

    private void AnswerAll()
    {
        while (!isOpen() && _open.TryDequeue(out var question))
        {
            if (question.Work is not { Node.Step: not null, Phase: Phase.Settled, IsGood: true })
            {
                continue;
            }

            if (WhomToWaitFor(question) is { } reader)
            {
                Wait(question, reader);
            }
            else
            {
                Answer(question);
            }
        }
    }

    private Work? WhomToWaitFor(Question question) => question.Output is { } output
        ? ReaderToCome(question.Work, output)
        : question.Work.Step.Outputs.Select(output => ReaderToCome(question.Work, output) is { } reader && !IsAtHand(question.Work, output) ? reader : null)
            .FirstOrDefault(reader => reader is not null);

    private void Answer(Question question)
    {
        if (question.Output is { } output)
        {
            onRead(question.Work, output);
        }
        else if (_done.Add(question.Work))
        {
            AskAgain(question.Work);
        }
    }

    private void Wait(Question question, Work reader)
    {
        if (!_waiting.TryGetValue(reader, out var questions))
        {
            _waiting[reader] = questions = [];
            // Should it be settled, it was spared, and nobody asked yet whether it is done.
            _open.Enqueue(new Question(reader, null));
        }

        questions.Add(question);
    }

    /// <summary>A reader that may need the output yet: the last one, for they are settled about in their order, so that few are waited for.</summary>
    private Work? ReaderToCome(Work work, Output output)
    {
        for (var i = work.Node.Dependents.Count - 1; i >= 0; i--)
        {
            var reader = works[work.Node.Dependents[i].Index];
            if (!IsDone(reader) && reader.Reads(work.Step.Id, output))
            {
                return reader;
            }
        }

        return null;
    }

    /// <summary>What a continuation waits for is read again by every run.</summary>
    private bool IsDone(Work work) => work is { Phase: Phase.Settled, IsGood: true } && ((work.Outcome == Outcome.Executed && work.Node.Step is not null) || _done.Contains(work));

    private bool IsAtHand(Work work, Output output) => inspector.IsAtHand(work.Step, work.Result!, output);

    /// <summary>Whether an output's readers are done; without an output, whether the instance is.</summary>
    private readonly record struct Question(Work Work, Output? Output);
}
