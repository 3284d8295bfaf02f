using System.Globalization;
using System.Text.Json;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal.Payloads;
using ScaleMs.Store.Locking;

namespace ScaleMs.Store.Cache;

/// <summary>Who holds a lease, so that a collector can tell whether the client still lives.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="BootId">What changes with each start of the machine.</param>
/// <param name="ProcessSpace">What numbers of processes are counted in: a container has its own; empty where the system does not say.</param>
/// <param name="ProcessId">The process's number.</param>
/// <param name="StartTicks">When the process began, by the kernel's own count; 0 where the system does not say.</param>
/// <param name="BeganNs">When the lease began, by the file server's clock, in nanoseconds since 1970.</param>
internal sealed record LeaseNote(string Host, string BootId, string ProcessSpace, int ProcessId, long StartTicks, long BeganNs)
{
    public static LeaseNote Of(CacheOptions options) =>
        new(options.HostName, options.BootId, RunningProcess.Space, Environment.ProcessId, RunningProcess.StartTicks(Environment.ProcessId) ?? 0, 0);

    /// <summary>Who it is, for people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} on host '{Host}'");

    /// <summary>Reads a lease's file; null for anything that is none.</summary>
    public static LeaseNote? TryDecode(ReadOnlySpan<byte> content) => NoteFile.TryDecode(content, Read);

    /// <summary>Reads a lease; null for anything that is none, or is not to be read.</summary>
    public static LeaseNote? TryRead(string path)
    {
        try
        {
            return TryDecode(File.ReadAllBytes(path));
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            return null;
        }
    }

    /// <summary>Whether its process is one of this machine and can be looked for there.</summary>
    public bool IsOfThisMachine(CacheOptions options) => BootId == options.BootId && ProcessSpace == RunningProcess.Space;

    /// <summary>The lease's file.</summary>
    public byte[] Encode() => NoteFile.Encode(isIndented: false, WriteMembers);

    private static LeaseNote Read(ref Utf8JsonReader reader)
    {
        (string host, string bootId, string processSpace, int processId, long startTicks, long beganNs) = (null!, null!, null!, 0, 0, 0);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("host"u8, ref host) || reader.Take("bootId"u8, ref bootId) || reader.Take("processSpace"u8, ref processSpace)
                || reader.Take("processId"u8, ref processId) || reader.Take("startTicks"u8, ref startTicks) || reader.Take("beganNs"u8, ref beganNs)
                || reader.Pass();
        }

        return new LeaseNote(host, bootId, processSpace, processId, startTicks, beganNs);
    }

    private void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("host"u8, Host);
        writer.WriteString("bootId"u8, BootId);
        writer.WriteString("processSpace"u8, ProcessSpace);
        writer.WriteNumber("processId"u8, ProcessId);
        writer.WriteNumber("startTicks"u8, StartTicks);
        writer.WriteNumber("beganNs"u8, BeganNs);
    }
}
