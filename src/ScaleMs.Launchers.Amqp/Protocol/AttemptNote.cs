namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>What a client writes into the attempt's root before it sends the action, so that its successor finds the result.</summary>
internal sealed record AttemptNote
{
    public string Launcher { get; set; } = string.Empty;

    public string Site { get; set; } = string.Empty;

    public string Farm { get; set; } = string.Empty;

    public string Id { get; set; } = string.Empty;

    public string Key { get; set; } = string.Empty;

    public string ReplyTo { get; set; } = string.Empty;

    /// <summary>How long the log was before: what comes after that is this attempt's, and is written anew by whoever takes it over.</summary>
    public long LogBytes { get; set; }

    /// <summary>The queue that the action was sent to.</summary>
    public string Queue { get; set; } = string.Empty;

    /// <summary>What that queue's actions need: workers that come later are told of it, or none would take from there.</summary>
    public ResourceClass? Class { get; set; }
}
