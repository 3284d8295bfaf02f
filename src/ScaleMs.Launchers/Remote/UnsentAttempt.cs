namespace ScaleMs.Launchers.Remote;

/// <summary>An attempt that is so short that it is sent by the call that starts it.</summary>
/// <param name="Shell">What makes it there, in one line.</param>
/// <param name="SendAsync">Sends it otherwise; throws what <see cref="IAttemptStaging.SendAsync"/> throws.</param>
internal sealed record UnsentAttempt(string Shell, Func<CancellationToken, Task> SendAsync);
