using System.Globalization;
using System.Text.Json;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal.Payloads;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Locking;

/// <summary>Who holds the lock, for people and for those who only read: the lock itself is the operating system's.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="BootId">What changes with each start of the machine.</param>
/// <param name="Pid">The process's number.</param>
/// <param name="Started">When the process began, by a clock that may have been set since: for people only.</param>
/// <param name="Command">The command as the user typed it.</param>
/// <param name="ProcessSpace">What numbers of processes are counted in; empty where the system does not say.</param>
/// <param name="StartTicks">When the process began, by the kernel's own count; 0 where the system does not say.</param>
internal sealed record Owner(string Host, string BootId, int Pid, DateTimeOffset Started, string Command, string ProcessSpace, long StartTicks)
{
    public static Owner Of(OpenOptions options) =>
        new(options.HostName, options.BootId, options.ProcessId, options.ProcessStart, options.CommandLine, RunningProcess.Space, RunningProcess.StartTicks(options.ProcessId) ?? 0);

    /// <summary>Reads who holds the lock; null when it is not written yet, or no longer.</summary>
    public static Owner? TryRead(StoreLayout layout)
    {
        try
        {
            return NoteFile.TryDecode(File.ReadAllBytes(layout.OwnerFile), Read);
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            return null;
        }
    }

    public void Write(StoreLayout layout)
    {
        var temporary = TemporaryName.Beside(layout.OwnerFile);
        File.WriteAllBytes(temporary, NoteFile.Encode(isIndented: true, WriteMembers));
        File.Move(temporary, layout.OwnerFile, overwrite: true);
    }

    public override string ToString()
    {
        var since = Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"process {Pid} on host '{Host}' since {since} UTC: {Command}";
    }

    private static Owner Read(ref Utf8JsonReader reader)
    {
        (string host, string bootId, int pid, DateTimeOffset started, string command, string processSpace, long startTicks) =
            (null!, null!, 0, default, null!, string.Empty, 0);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("host"u8, ref host) || reader.Take("bootId"u8, ref bootId) || reader.Take("pid"u8, ref pid)
                || reader.Take("started"u8, ref started) || reader.Take("command"u8, ref command)
                || reader.Take("processSpace"u8, ref processSpace) || reader.Take("startTicks"u8, ref startTicks) || reader.Pass();
        }

        return new Owner(host, bootId, pid, started, command, processSpace, startTicks);
    }

    private void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("host"u8, Host);
        writer.WriteString("bootId"u8, BootId);
        writer.WriteNumber("pid"u8, Pid);
        writer.WriteString("started"u8, Started);
        writer.WriteString("command"u8, Command);
        writer.WriteString("processSpace"u8, ProcessSpace);
        writer.WriteNumber("startTicks"u8, StartTicks);
    }
}
