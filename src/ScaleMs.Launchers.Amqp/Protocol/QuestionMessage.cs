using ScaleMs.Core.Model;

namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>What a client asks the farm: one worker answers for all.</summary>
internal sealed record QuestionMessage
{
    public string Protocol { get; set; } = Wire.Version;

    public IReadOnlyList<ToolMessage> Tools { get; set; } = [];

    public bool AsksForFacts { get; set; }
}

/// <summary>A worker's answer.</summary>
internal sealed record AnswerMessage
{
    public string Protocol { get; set; } = Wire.Version;

    public string Worker { get; set; } = string.Empty;

    /// <summary>In the order of the question.</summary>
    public IReadOnlyList<ToolAnswerMessage> Tools { get; set; } = [];

    public IReadOnlyDictionary<SiteFact, string>? Facts { get; set; }
}

/// <summary>A tool as the worker found it.</summary>
internal sealed record ToolAnswerMessage(string? Path, IReadOnlyList<string> Fingerprint, string? Problem);
