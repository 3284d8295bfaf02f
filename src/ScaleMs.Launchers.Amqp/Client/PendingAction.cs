using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>An attempt whose result is waited for.</summary>
internal sealed record PendingAction(string Id, string Key, string Root, string ClassName)
{
    private readonly TaskCompletionSource<ResultMessage> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<ResultMessage> Result => _result.Task;

    internal DateTimeOffset Since { get; } = TimeProvider.System.GetUtcNow();

    internal bool HasBegun { get; set; }

    internal void End(ResultMessage result) => _result.TrySetResult(result);
}
