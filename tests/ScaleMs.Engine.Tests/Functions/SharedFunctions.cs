using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>Functions that steps of tests call in processes that make other calls too.</summary>
internal static partial class SharedFunctions
{
    private static readonly AsyncLocal<string?> s_flowing = new();
    private static readonly List<object> s_kept = [];
    private static TextWriter? _console;
    private static int _calls;
    private static int _atOnce;

    /// <summary>Says who it is called by; the argument tells calls apart.</summary>
    public static Call Count(int number) => new(Environment.ProcessId, Interlocked.Increment(ref _calls), number);

    public static Call CountSlowly(int number)
    {
        var atOnce = Interlocked.Increment(ref _atOnce);
        Thread.Sleep(20); // a call that takes its time, so that calls overlap
        Interlocked.Decrement(ref _atOnce);
        return atOnce == 1 ? Count(number) : throw new InvalidOperationException("another call is under way in this process");
    }

    /// <summary>Leaves all that a process can be put back from.</summary>
    public static int Untidies(int number)
    {
        Environment.SetEnvironmentVariable("LEFT_BEHIND", "x");
        Environment.SetEnvironmentVariable("LC_ALL", "xx");
        CultureInfo.CurrentCulture = new CultureInfo(string.Empty) { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = "," } };
        s_flowing.Value = "x";
        Console.SetOut(TextWriter.Null);
        Environment.CurrentDirectory = "/tmp";
        return Environment.ProcessId + (0 * number);
    }

    public static Site LookAfter(Result<int> before) => Look(before.Value);

    private static Site Look(int number) => new(
        Environment.ProcessId,
        Environment.CurrentDirectory,
        Environment.GetEnvironmentVariable("LEFT_BEHIND"),
        Environment.GetEnvironmentVariable("LC_ALL"),
        Environment.GetEnvironmentVariable("DOTNET_STARTUP_HOOKS"),
        CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator,
        s_flowing.Value,
        Console.In.ReadToEnd().Length + (0 * number));

    /// <summary>Prints by all ways that there are: the console, one that was kept from an earlier call, the C library, a program.</summary>
    public static int Prints(int number)
    {
        _console ??= Console.Out;
        _console.WriteLine($"kept {number}");
        Console.WriteLine($"out {number}");
        Console.Error.WriteLine($"error {number}");
        using var echo = Process.Start("echo", $"child {number}");
        echo.WaitForExit();
        _ = PutString($"native {number}");
        return Environment.ProcessId;
    }

    public static int LeavesAProcess(string pids)
    {
        using var left = Process.Start("setsid", ["sleep", "1000"]);
        File.WriteAllText(pids, $"{left.Id}");
        return Environment.ProcessId;
    }

    public static int LeavesAFileOpen(string name)
    {
        var file = File.OpenWrite(name);
        file.WriteByte(1);
        file.Flush();
        s_kept.Add(file);
        return Environment.ProcessId;
    }

    public static int Exits(int code)
    {
        if (code >= 0)
        {
            Environment.Exit(code);
        }

        return Environment.ProcessId;
    }

    public static int Tells(Result<int> number) => Environment.ProcessId + (0 * number.Value);

    public static int Kills(Result<int> pid)
    {
        using var process = Process.GetProcessById(pid.Value);
        process.Kill(); // who started it waits for it, in its own time
        return 0;
    }

    public static int Frees(int mebibytes)
    {
        var used = Uses(mebibytes);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.ProcessId + used - 1;
    }

    /// <summary>Leaves memory: kept by a static field, or for the collector, which has no reason to come.</summary>
    public static int Leaves(int mebibytes, bool isKept)
    {
        var block = new byte[mebibytes << 20];
        Array.Fill(block, (byte)1);
        s_kept.Add(isKept ? block : s_kept);
        return Environment.ProcessId;
    }

    /// <summary>Takes longer than it takes until a memory limit is looked at.</summary>
    public static int TellsLate(Result<int> number)
    {
        Thread.Sleep(700);
        return Tells(number);
    }

    public static int Fills(int mebibytes)
    {
        for (var i = 0; i < mebibytes; i++)
        {
            var block = new byte[1 << 20];
            Array.Fill(block, (byte)1);
            s_kept.Add(block);
        }

        Thread.Sleep(60_000); // is ended before that
        return Environment.ProcessId;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Uses(int mebibytes)
    {
        var block = new byte[mebibytes << 20];
        Array.Fill(block, (byte)1);
        return block[0];
    }

    [LibraryImport("libc", EntryPoint = "puts", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PutString(string text);

    internal sealed record Call(int Process, int Calls, int Number);

    internal sealed record Site(int Process, string Directory, string? LeftBehind, string? Locale, string? Hook, string DecimalSeparator, string? Flowing, int Input);
}
