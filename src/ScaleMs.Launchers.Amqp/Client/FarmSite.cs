using System.Collections.Concurrent;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>A farm as a site: one of its workers is asked, and its answer holds for all. An action carries what was answered, and a worker with another tool does not take it.</summary>
internal sealed class FarmSite(FarmQuestions questions, string farm, TimeSpan patience) : ISite
{
    private static readonly ToolFingerprint Nothing = new([]);

    private readonly ConcurrentDictionary<string, Lazy<ToolAnswer>> _tools = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ToolMessage> _byPath = new(StringComparer.Ordinal);
    private Lazy<IReadOnlyDictionary<SiteFact, string>>? _facts;

    /// <summary>The tool that a program is, with its fingerprint; null for a program that was never asked for.</summary>
    internal ToolMessage? ToolAt(string program) => _byPath.GetValueOrDefault(program);

    /// <inheritdoc/>
    public ToolAnswer Find(Tool tool)
    {
        var question = ToolWords.Of(tool);
        return _tools.GetOrAdd(question.Text(), _ => new Lazy<ToolAnswer>(() => Ask(question))).Value;
    }

    /// <inheritdoc/>
    public string Fact(SiteFact fact)
    {
        var facts = LazyInitializer.EnsureInitialized(ref _facts, () => new Lazy<IReadOnlyDictionary<SiteFact, string>>(AskFacts)).Value;
        return facts.TryGetValue(fact, out var known) ? known : $"unknown: no worker of farm '{farm}' has told it";
    }

    /// <inheritdoc/>
    public Dictionary<string, string> EnvironmentOf(StepInstance step)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C", ["TZ"] = "UTC" };
        foreach (var (name, value) in step.Environment)
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <inheritdoc/>
    /// <remarks>Each worker looks at its own tools before it starts them.</remarks>
    public void Recheck(Tool tool)
    {
    }

    /// <inheritdoc/>
    public void OpenEpoch()
    {
        _tools.Clear();
        if (_facts is { IsValueCreated: true, Value.Count: 0 })
        {
            _facts = null;
        }
    }

    private ToolAnswer Ask(ToolMessage question)
    {
        var (answer, problem) = Ask(new QuestionMessage { Tools = [question] });
        if (answer?.Tools is not [var told, ..])
        {
            return new ToolAnswer(null, Nothing, [], problem ?? $"was not told of by worker '{answer?.Worker}'");
        }

        if (told.Path is { } path && told.Problem is null)
        {
            _byPath[path] = question with { Fingerprint = told.Fingerprint };
        }

        return new ToolAnswer(told.Path, ToolWords.Fingerprint(told.Fingerprint), [], told.Problem is null ? null : $"{told.Problem} (worker '{answer.Worker}' of farm '{farm}')");
    }

    private IReadOnlyDictionary<SiteFact, string> AskFacts() =>
        Ask(new QuestionMessage { AsksForFacts = true }).Answer?.Facts ?? new Dictionary<SiteFact, string>();

    private (AnswerMessage? Answer, string? Problem) Ask(QuestionMessage question)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            return (questions.AskAsync(question, limit.Token).GetAwaiter().GetResult(), null);
        }
        catch (OperationCanceledException)
        {
            return (null, FormattableString.Invariant($"cannot be asked for, because no worker of farm '{farm}' answered within {patience.TotalSeconds:0} s: start one with 'scalems worker'"));
        }
        catch (BrokerException refused)
        {
            return (null, $"cannot be asked for: {refused.Message}");
        }
    }
}
