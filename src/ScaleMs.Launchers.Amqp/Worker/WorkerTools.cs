using System.Collections.Concurrent;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>A worker's tools, compared with what actions were keyed with.</summary>
internal sealed class WorkerTools(ISite site)
{
    private readonly ConcurrentDictionary<string, FoundTool> _found = new(StringComparer.Ordinal);

    internal AnswerMessage Answer(QuestionMessage question, string worker) => new()
    {
        Worker = worker,
        Tools = [.. question.Tools.Select(tool => Answer(site.Find(ToolWords.ToTool(tool))))],
        Facts = question.AsksForFacts ? Enum.GetValues<SiteFact>().ToDictionary(fact => fact, site.Fact) : null,
    };

    /// <summary>Why this worker's tool is not the one that was keyed; names both. Null when it is.</summary>
    internal string? WhyNot(ToolMessage tool)
    {
        var found = Find(tool);
        var keyed = ToolWords.Words(tool.Fingerprint);
        return found.Answer.Path is null || found.Answer.Problem is not null
            ? $"'{tool.Name}' {found.Answer.Problem ?? "was not found"}; the action was keyed with {keyed}"
            : ToolWords.Lines(found.Answer.Fingerprint) is var here && here.SequenceEqual(tool.Fingerprint, StringComparer.Ordinal)
            ? null
            : $"its '{tool.Name}' is {ToolWords.Words(here)}, and the action was keyed with {keyed}";
    }

    /// <summary>The tool's place here; null when its file is another one by now, and is then looked at anew.</summary>
    internal string? PathOf(ToolMessage tool)
    {
        var found = Find(tool);
        if (found.Stamp == StampOf(found.Answer.Path))
        {
            return found.Answer.Path;
        }

        _found.TryRemove(tool.Text(), out _);
        site.Recheck(ToolWords.ToTool(tool));
        return WhyNot(tool) is null ? Find(tool).Answer.Path : null;
    }

    private static ToolAnswerMessage Answer(ToolAnswer answer) => new(answer.Path, ToolWords.Lines(answer.Fingerprint), answer.Problem);

    private FoundTool Find(ToolMessage tool) => _found.GetOrAdd(tool.Text(), _ =>
    {
        var answer = site.Find(ToolWords.ToTool(tool));
        return new FoundTool(answer, StampOf(answer.Path));
    });

    private static (long, long) StampOf(string? path)
    {
        var file = path is null ? null : new FileInfo(path);
        file = file?.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return file is { Exists: true } ? (file.Length, file.LastWriteTimeUtc.Ticks) : default;
    }

    private sealed record FoundTool(ToolAnswer Answer, (long Length, long Ticks) Stamp);
}
