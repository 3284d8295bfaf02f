using System.Collections.Concurrent;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Sites;

/// <summary>A site that is dear to ask: what it answered counts for later runs too, for a time.</summary>
/// <remarks>
/// An answer counts while it is young enough, the circumstances in which it was asked are the same, and the tool that it is about, where that is
/// seen from here, is the same file. What went wrong is never kept.
/// </remarks>
/// <param name="site">The site.</param>
/// <param name="file">Where answers are kept.</param>
/// <param name="circumstances">What all answers depend on.</param>
/// <param name="age">How long they count.</param>
/// <param name="clock">Tells how old they are.</param>
internal sealed class RememberedSite(ISite site, string file, string circumstances, TimeSpan age, TimeProvider clock) : ISite
{
    private readonly Lock _lock = new();

    /// <summary>Most steps share the very object that describes their tool.</summary>
    private readonly ConcurrentDictionary<Tool, ToolAnswer> _byObject = new(ReferenceEqualityComparer.Instance);

    /// <summary>Tools that were looked at in this epoch, by what is asked.</summary>
    private readonly ConcurrentDictionary<string, ToolAnswer> _byQuestion = new(StringComparer.Ordinal);

    private SiteMemory _memory = SiteMemory.Read(file, circumstances);

    /// <inheritdoc/>
    public ToolAnswer Find(Tool tool) => _byObject.TryGetValue(tool, out var known) ? known : _byObject[tool] = _byQuestion.GetOrAdd(RemoteSite.QuestionOf(tool), question => Recall(question) ?? Ask(tool, question));

    /// <inheritdoc/>
    public string Fact(SiteFact fact)
    {
        var name = fact.ToString();
        if (Known().Facts.TryGetValue(name, out var kept) && IsYoung(kept.At))
        {
            return kept.Text;
        }

        var text = site.Fact(fact);
        if (!text.StartsWith(RemoteSite.UnknownFact, StringComparison.Ordinal))
        {
            Keep(memory => memory.Facts[name] = new KeptFact(text, clock.GetUtcNow()));
        }

        return text;
    }

    /// <inheritdoc/>
    public Dictionary<string, string> EnvironmentOf(StepInstance step) => site.EnvironmentOf(step);

    /// <inheritdoc/>
    public void Recheck(Tool tool)
    {
        _byObject.TryRemove(tool, out _);
        _byQuestion.TryRemove(RemoteSite.QuestionOf(tool), out _);
        Keep(memory => memory.Tools.Remove(RemoteSite.QuestionOf(tool)));
        site.Recheck(tool);
    }

    /// <inheritdoc/>
    /// <remarks>Tools are looked at again from here; that a node has others by now, where they are not seen from here, their age tells.</remarks>
    public void OpenEpoch()
    {
        _byObject.Clear();
        _byQuestion.Clear();
        site.OpenEpoch();
    }

    private ToolAnswer? Recall(string question) =>
        Known().Tools.TryGetValue(question, out var kept) && IsYoung(kept.At) && KeptTool.StampOf(kept.Path) == kept.Stamp ? kept.ToAnswer() : null;

    private ToolAnswer Ask(Tool tool, string question)
    {
        var asked = clock.GetUtcNow();
        var answer = site.Find(tool);
        // One that was written meanwhile need not be what the answer is about.
        if (answer is { Problem: null, Path: { } path } && KeptTool.WrittenAt(path) is var written && !(written >= asked))
        {
            Keep(memory => memory.Tools[question] = KeptTool.Of(answer, asked));
        }

        return answer;
    }

    /// <summary>A time to come is that of a clock that was wrong.</summary>
    private bool IsYoung(DateTimeOffset at) => clock.GetUtcNow() - at is var old && old >= TimeSpan.Zero && old < age;

    private SiteMemory Known()
    {
        lock (_lock)
        {
            return _memory;
        }
    }

    /// <summary>Another client may have asked meanwhile, or found that an answer counts no more.</summary>
    private void Keep(Action<SiteMemory> change)
    {
        lock (_lock)
        {
            var changed = SiteMemory.Read(file, circumstances);
            change(changed);
            _memory = changed;
            _memory.Write(file);
        }
    }
}
