using System.Globalization;
using System.Text;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Local;

/// <summary>Reads Linux's <c>/proc</c>. Elsewhere it finds no process.</summary>
/// <remarks>
/// Plain system calls: most files of other users cannot be opened, and an exception for each would cost more than the search.
/// </remarks>
internal static unsafe class ProcFiles
{
    private const string Peak = "VmHWM:";
    private const string Descriptors = "FDSize:";

    /// <summary>Whether processes can be listed here.</summary>
    internal static bool ArePresent() => File.Exists("/proc/self/environ");

    /// <summary>All processes of the machine, as far as they are shown to us.</summary>
    internal static IEnumerable<int> Pids() => ArePresent()
        ? Directory.EnumerateDirectories("/proc").Select(path => Number(Path.GetFileName(path.AsSpan()))).Where(pid => pid > 0)
        : [];

    /// <summary>The id that was given out last, to a process or a thread; 0 when the system does not tell.</summary>
    internal static int NewestPid() => Number(Text("/proc/sys/kernel/ns_last_pid").AsSpan().Trim());

    /// <summary>The parent's id, 0 when there is none or the process is gone.</summary>
    internal static int ParentOf(int pid) => Stat(pid) is { Length: > 1 } fields ? Number(fields[1]) : 0;

    /// <summary>Whether the process runs or could run again; a zombie does not.</summary>
    internal static bool IsAlive(int pid) => Stat(pid) is { Length: > 1 } fields && fields[0] is not ("Z" or "X");

    /// <summary>Whether an id is that of a thread of this process.</summary>
    internal static bool IsThreadOfThisProcess(int id) => LibC.Access($"/proc/self/task/{id}", 0) == 0;

    /// <summary>Whether an id is that of a thread of a process.</summary>
    internal static bool IsThreadOf(int pid, int id) => LibC.Access($"/proc/{pid}/task/{id}", 0) == 0;

    /// <summary>This process, its parent, and so on up to the first one.</summary>
    internal static HashSet<int> OurselvesAndAncestors()
    {
        var line = new HashSet<int>();
        for (var pid = Environment.ProcessId; pid > 0 && line.Add(pid);)
        {
            pid = ParentOf(pid);
        }

        return line;
    }

    /// <summary>The largest resident memory that the process had since it runs its program, bytes; 0 when unknown.</summary>
    internal static long PeakBytesOf(int pid) => PeakBytesIn(StatusOf(pid));

    /// <summary>The same, as a status tells it.</summary>
    internal static long PeakBytesIn(string status) => KibibytesIn(status, Peak) ?? 0;

    /// <summary>How many descriptors the process can have before its table must grow: none is as large as this. 0 when unknown.</summary>
    internal static int DescriptorsIn(string status)
    {
        var start = status.IndexOf(Descriptors, StringComparison.Ordinal);
        return start < 0 ? 0 : Number(status.AsSpan(start + Descriptors.Length).TrimStart() is var rest && rest.IndexOf('\n') is > 0 and var end ? rest[..end] : default);
    }

    /// <summary>What the system tells of a process, line by line; empty when it does not.</summary>
    internal static string StatusOf(int pid) => Text($"/proc/{pid}/status");

    /// <summary>The resident memory that the process has now, bytes, with what it shares with others; 0 when unknown.</summary>
    internal static long ResidentBytesOf(int pid) => KibibytesIn(StatusOf(pid), "VmRSS:") ?? 0;

    /// <summary>The same, with only its share of what it shares with others; with all of it where the system tells no shares.</summary>
    internal static long ShareOfMemoryOf(int pid) => KibibytesIn(Text($"/proc/{pid}/smaps_rollup"), "Pss:") ?? ResidentBytesOf(pid);

    /// <summary>The resident memory of a process: the most since it runs its program, and the present one; bytes, 0 when unknown.</summary>
    internal static ResidentMemory MemoryOf(int pid)
    {
        var status = StatusOf(pid);
        return new ResidentMemory(PeakBytesIn(status), KibibytesIn(status, "VmRSS:") ?? 0);
    }

    /// <summary>Reads a whole file of <c>/proc</c>.</summary>
    /// <returns>The bytes; none when it cannot be read.</returns>
    internal static byte[] Bytes(string path)
    {
        var descriptor = LibC.Open(path, LibC.ReadOnly | LibC.CloseOnExec);
        if (descriptor < 0)
        {
            return [];
        }

        try
        {
            return ToTheEnd(descriptor);
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }

    private static byte[] ToTheEnd(int descriptor)
    {
        const int step = 4096;
        var buffer = stackalloc byte[step];
        var whole = new MemoryStream();
        nint count;
        while ((count = LibC.Read(descriptor, buffer, step)) > 0)
        {
            whole.Write(new ReadOnlySpan<byte>(buffer, (int)count));
        }

        return whole.ToArray();
    }

    /// <summary>The fields after the program's name, which itself may hold blanks and brackets.</summary>
    private static string[] Stat(int pid)
    {
        var text = Text($"/proc/{pid}/stat");
        return text[(text.LastIndexOf(')') + 1)..].Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A line such as <c>VmRSS:   1234 kB</c>, in bytes.</summary>
    private static long? KibibytesIn(string text, string label)
    {
        var start = text.IndexOf(label, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf("kB", start, StringComparison.Ordinal);
        return end < 0 ? null : Number(text.AsSpan(start + label.Length, end - start - label.Length).Trim()) * 1024L;
    }

    /// <summary>Reads a whole text file of <c>/proc</c>; empty when it cannot be read.</summary>
    internal static string Text(string path) => Encoding.UTF8.GetString(Bytes(path));

    private static int Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
