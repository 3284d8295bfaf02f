using System.Collections.Concurrent;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>Looks at attempts.</summary>
public sealed class LookTests(SshServers servers) : SshTestBase(servers)
{
    /// <summary>The host keeps an attempt that nobody has begun to send from being sent by a call that comes late, so no look may overtake that call.</summary>
    [Fact]
    public async Task Look_WhileAnAttemptIsBeingStarted_LeavesItsRoomAlone()
    {
        var heard = new ConcurrentQueue<NodeAnswer>();
        var shell = new SshShell(Servers.A.Alias, Servers.Site(false, 1, Servers.A).Ssh!.Options);
        await using var connection = await HostConnection.OpenAsync(shell, heard.Enqueue, Usual.Answer, TimeProvider.System, TestContext.Current.CancellationToken);
        var room = Directory.CreateDirectory(Path.Combine(Space.Root, "room")).FullName;
        Directory.CreateDirectory(Path.Combine(room, "claim"));
        var request = Space.Request("true");
        var attempt = new NodeAttempt(1, request, room, new LogFollower(new FileLogSource(request.LogFile), request, isCopied: false, onLine: null), null) { Unsent = "true", IsBeingStarted = true };
        var (calls, attempts) = (new HostCalls(connection, "/wrapper", Usual), new HostAttempts(Servers.A.Alias, Usual, TimeProvider.System));
        attempts.Add(attempt);
        await calls.LookAsync(attempts, isFull: true);
        Assert.Empty(heard);
        Assert.False(File.Exists(Path.Combine(room, AttemptFiles.Order)));
        attempt.IsBeingStarted = false;
        await calls.LookAsync(attempts, isFull: true);
        Assert.Equal(('p', 1), (Assert.Single(heard).Verb, heard.First().Number));
    }
}
