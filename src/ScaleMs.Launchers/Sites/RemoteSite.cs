using System.Collections.Concurrent;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Sites;

/// <summary>A site behind a shell. What is asked while an answer is awaited goes together into the next round trip.</summary>
/// <remarks>Of a site with several machines it tells what the shell's machine tells: they are taken to be alike.</remarks>
internal sealed class RemoteSite : ISite
{
    /// <summary>How a fact begins that could not be asked for.</summary>
    internal const string UnknownFact = "unknown: ";

    private readonly Lock _lock = new();
    private readonly SiteProfile _site;
    private readonly SiteProbe _probe;
    private readonly List<Question> _waiting = [];
    private Dictionary<string, Question> _questions = new(StringComparer.Ordinal);
    private TaskCompletionSource<SiteAnswer> _facts = NewAnswer<SiteAnswer>();
    private bool _areFactsAsked;
    private bool _isAsking;

    /// <summary>Most steps share the very object that describes their tool.</summary>
    private readonly ConcurrentDictionary<Tool, Question> _byObject = new(ReferenceEqualityComparer.Instance);

    /// <summary>A site.</summary>
    /// <param name="site">What is known of it.</param>
    /// <param name="shell">How it is reached.</param>
    /// <param name="patience">How long an answer is waited for, and once more for each tool; a minute by default.</param>
    public RemoteSite(SiteProfile site, ISiteShell shell, TimeSpan? patience = null) =>
        (_site, _probe) = (site, new SiteProbe(site, shell, patience ?? TimeSpan.FromMinutes(1)));

    /// <summary>How often the site was asked.</summary>
    internal int RoundTrips { get; private set; }

    /// <summary>Asks for some tools ahead, together.</summary>
    /// <param name="tools">The tools; those that are known already are not asked for.</param>
    /// <returns>When the answers are there. What went wrong is told by <see cref="Find"/>.</returns>
    public Task AskAsync(IEnumerable<Tool> tools) => Task.WhenAll(AskAll(tools).Select(question => question.Answer.Task));

    /// <inheritdoc/>
    public ToolAnswer Find(Tool tool) => (_byObject.TryGetValue(tool, out var known) ? known : _byObject[tool] = AskAll([tool])[0]).Answer.Task.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public string Fact(SiteFact fact)
    {
        var answer = Facts().GetAwaiter().GetResult();
        return answer.Problem is { } problem ? $"{UnknownFact}site '{_site.Name}' {problem}" : SiteFacts.Of(fact, answer);
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
    /// <remarks>Nothing here tells whether its files are others by now: it is asked for again.</remarks>
    public void Recheck(Tool tool)
    {
        lock (_lock)
        {
            _questions.Remove(QuestionOf(tool));
            _byObject.TryRemove(tool, out _);
        }
    }

    /// <inheritdoc/>
    public void OpenEpoch()
    {
        lock (_lock)
        {
            _questions = new Dictionary<string, Question>(StringComparer.Ordinal);
            _byObject.Clear();
            if (_facts.Task is { IsCompletedSuccessfully: true, Result.Problem: not null })
            {
                (_facts, _areFactsAsked) = (NewAnswer<SiteAnswer>(), false);
            }
        }
    }

    /// <summary>What is asked for a tool, as text: tools that ask the same share the answer.</summary>
    internal static string QuestionOf(Tool tool) => tool.Version is ToolVersion.OfLines lines
        ? string.Join('\n', (string[])[tool.Name, .. tool.Candidates, string.Empty, .. lines.Arguments, string.Empty, .. lines.LinePrefixes, string.Empty, .. lines.OptionalPrefixes])
        : string.Join('\n', (string[])[tool.Name, .. tool.Candidates]);

    private List<Question> AskAll(IEnumerable<Tool> tools)
    {
        lock (_lock)
        {
            var asked = tools.Select(Ask).ToList();
            Go();
            return asked;
        }
    }

    private Question Ask(Tool tool)
    {
        var key = QuestionOf(tool);
        if (!_questions.TryGetValue(key, out var question))
        {
            question = _questions[key] = new Question(tool);
            _waiting.Add(question);
        }

        return question;
    }

    /// <summary>They come with the first answer, whatever it was asked for.</summary>
    private Task<SiteAnswer> Facts()
    {
        lock (_lock)
        {
            Go();
            return _facts.Task;
        }
    }

    private void Go()
    {
        if (!_isAsking && (_waiting.Count > 0 || !_areFactsAsked))
        {
            _isAsking = true;
            _ = Task.Run(AnswerAllAsync);
        }
    }

    private async Task AnswerAllAsync()
    {
        while (Take() is { } questions)
        {
            await AnswerAsync(questions).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(Questions asked)
    {
        try
        {
            var (site, answers) = await _probe.AskAsync([.. asked.OfTools.Select(question => question.Tool)], asked.Facts is not null).ConfigureAwait(false);
            asked.Facts?.SetResult(site);
            foreach (var (question, answer) in asked.OfTools.Zip(answers))
            {
                question.Answer.SetResult(answer);
            }
        }
        catch (Exception bug)
        {
            // Who waits must not wait for ever.
            asked.Facts?.TrySetException(bug);
            asked.OfTools.ForEach(question => question.Answer.TrySetException(bug));
        }
    }

    private Questions? Take()
    {
        lock (_lock)
        {
            var questions = new Questions([.. _waiting], _areFactsAsked ? null : _facts);
            _waiting.Clear();
            _areFactsAsked = true;
            _isAsking = questions.OfTools.Count > 0 || questions.Facts is not null;
            RoundTrips += _isAsking ? 1 : 0;
            return _isAsking ? questions : null;
        }
    }

    private static TaskCompletionSource<T> NewAnswer<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Questions(List<Question> OfTools, TaskCompletionSource<SiteAnswer>? Facts);

    private sealed record Question(Tool Tool)
    {
        public TaskCompletionSource<ToolAnswer> Answer { get; } = NewAnswer<ToolAnswer>();
    }
}
