using System.Diagnostics;
using ScaleMs.Core.Digests;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>Transfers that break, against the very scripts of a site, run by this machine's shell.</summary>
public sealed class BrokenTransferTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scalems it's ").FullName;

    private string Blobs => Path.Combine(_folder, "scratch/blobs/sha256");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task Transfer_ThatBreaks_LeavesWhatCameWholeAndGoesOnFromThere(string? without)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "scratch"));
        var files = Enumerable.Range(0, 250).Select(File).ToList();
        var shipment = new Shipment("attempts/a", [new ShippedEntry.Folder("files"), .. files]);
        var breaking = new PipedShell(220_000, without);
        await Assert.ThrowsAsync<SiteException>(() => new BlobSender(breaking).SendAsync(Path.Combine(_folder, "scratch"), [shipment], CancellationToken.None));
        var kept = Directory.GetFiles(Blobs).Length;
        Assert.InRange(kept, 100, 249);
        Assert.False(Directory.Exists(Path.Combine(_folder, "scratch/attempts/a")));
        var whole = new PipedShell(long.MaxValue, without);
        await new BlobSender(whole).SendAsync(Path.Combine(_folder, "scratch"), [shipment], CancellationToken.None);
        Assert.Equal(250, Directory.GetFiles(Blobs).Length);
        Assert.Equal(250, Directory.GetFiles(Path.Combine(_folder, "scratch/attempts/a/files")).Length);
        Assert.InRange(whole.Sent, 1, (250 - kept) * 1100 + 100_000);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder, "scratch/incoming")));
    }

    [Fact]
    public async Task File_WhoseBytesAreNotThoseOfItsDigest_IsNotKept()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "scratch"));
        var wrong = (ShippedEntry.Blob)File(0) with { Digest = Digest.OfText("another") };
        var trouble = await Assert.ThrowsAsync<SiteException>(
            () => new BlobSender(new PipedShell(long.MaxValue, null)).SendAsync(Path.Combine(_folder, "scratch"), [new Shipment("attempts/a", [new ShippedEntry.Folder("files"), wrong])], CancellationToken.None));
        Assert.Contains("arrived changed", trouble.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Blobs));
    }

    [Fact]
    public async Task Attempt_CancelledWhileItIsSent_IsRemovedWhenTheTransferHasEnded()
    {
        using var space = new SshSpace();
        using var stop = new CancellationTokenSource();
        var (gate, wasThere, scratch) = (new TaskCompletionSource(), false, Path.Combine(_folder, "scratch"));
        Directory.CreateDirectory(scratch);
        var staging = new ShippedStaging(new SiteProfile { Name = "here", Launcher = "ssh" }, new GatedShell(new PipedShell(long.MaxValue, null), gate.Task), () => scratch, drop: DropAsync);
        var sending = staging.SendAsync(space.Request("true"), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        gate.SetResult();
        await Poll.UntilAsync(() => Volatile.Read(ref wasThere));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(scratch, "attempts")));

        Task DropAsync(string root)
        {
            if (Directory.Exists(root))
            {
                Directory.Delete(root, recursive: true);
                Volatile.Write(ref wasThere, true);
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>A kilobyte that cannot be compressed.</summary>
    private ShippedEntry File(int number)
    {
        var bytes = new byte[1024];
        new Random(number).NextBytes(bytes);
        var path = Path.Combine(_folder, $"in {number}");
        System.IO.File.WriteAllBytes(path, bytes);
        return new ShippedEntry.Blob($"files/in '{number}'", path, bytes.Length, Digest.Of(bytes), false);
    }

    /// <summary>A shell that waits before it begins a transfer.</summary>
    private sealed class GatedShell(IStreamShell shell, Task gate) : IStreamShell
    {
        public string Name => shell.Name;

        public async Task<IShellProcess> OpenAsync(string script, CancellationToken cancellation)
        {
            await gate;
            return await shell.OpenAsync(script, cancellation);
        }

        public Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation) => shell.RunAsync(script, input, cancellation);
    }

    /// <summary>This machine's shell; nothing more comes after so many bytes, and a program may be missing.</summary>
    private sealed class PipedShell(long mostBytes, string? without) : IStreamShell
    {
        public string Name => "here";

        internal long Sent { get; set; }

        public Task<IShellProcess> OpenAsync(string script, CancellationToken cancellation)
        {
            var hide = without is null ? string.Empty : $"command() {{ [ \"$2\" != {without} ]; }}\n";
            return Task.FromResult<IShellProcess>(new Piped(Process.Start(new ProcessStartInfo("/bin/sh", ["-c", hide + script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!, this, mostBytes));
        }

        public Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation) => new LocalShell().RunAsync(script, input, cancellation);
    }

    private sealed class Piped(Process process, PipedShell shell, long most) : IShellProcess
    {
        public Stream Input { get; } = new Cut(process.StandardInput.BaseStream, shell, most);

        public Stream Output => process.StandardOutput.BaseStream;

        public async Task<ShellAnswer> EndAsync(CancellationToken cancellation)
        {
            var errors = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new ShellAnswer(process.ExitCode, string.Empty, errors);
        }

        public ValueTask DisposeAsync()
        {
            process.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Cut(Stream stream, PipedShell shell, long most) : Stream
    {
        private bool _isCut;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => stream.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (_isCut || shell.Sent + count > most)
            {
                _isCut = true;
                stream.Dispose();
                throw new IOException("cut");
            }

            shell.Sent += count;
            stream.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
            stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
