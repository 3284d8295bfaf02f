namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>What a client writes into the attempt's root before it sends the action, so that its successor finds the result.</summary>
internal sealed record AttemptNote
{
    public string Launcher { get; init; } = string.Empty;

    public string Site { get; init; } = string.Empty;

    public string Farm { get; init; } = string.Empty;

    public string Id { get; init; } = string.Empty;

    public string Key { get; init; } = string.Empty;

    public string ReplyTo { get; init; } = string.Empty;

    /// <summary>The queue that the action was sent to.</summary>
    public string Queue { get; init; } = string.Empty;
}
