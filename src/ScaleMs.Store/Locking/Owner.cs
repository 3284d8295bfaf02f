using System.Globalization;
using System.Text.Json;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal.Payloads;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Locking;

/// <summary>Who holds the lock, for people: the lock itself is the operating system's.</summary>
internal sealed record Owner(string Host, string BootId, int Pid, DateTimeOffset Started, string Command)
{
    public static Owner Of(OpenOptions options) =>
        new(options.HostName, options.BootId, options.ProcessId, options.ProcessStart, options.CommandLine);

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
        (string host, string bootId, int pid, DateTimeOffset started, string command) = (null!, null!, 0, default, null!);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("host"u8, ref host) || reader.Take("bootId"u8, ref bootId) || reader.Take("pid"u8, ref pid)
                || reader.Take("started"u8, ref started) || reader.Take("command"u8, ref command) || reader.Pass();
        }

        return new Owner(host, bootId, pid, started, command);
    }

    private void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("host"u8, Host);
        writer.WriteString("bootId"u8, BootId);
        writer.WriteNumber("pid"u8, Pid);
        writer.WriteString("started"u8, Started);
        writer.WriteString("command"u8, Command);
    }
}
