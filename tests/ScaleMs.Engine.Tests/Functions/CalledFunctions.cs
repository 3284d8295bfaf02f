using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>Functions that steps of tests call in processes of their own.</summary>
internal static class CalledFunctions
{
    public static void Exits(int code) => Environment.Exit(code);

    public static void Overflows() => Deeper(1);

    public static void FailsFast() => Environment.FailFast("the state is broken");

    public static void KillsItself() => Process.GetCurrentProcess().Kill();

    public static void Throws(string residue)
    {
        Console.WriteLine("looked at all residues");
        Look(residue);
    }

    public static Facts Tell(string text, double[] numbers) => new(text, numbers, Environment.ProcessId);

    public static Site Look() => new(Environment.CurrentDirectory, Environment.GetEnvironmentVariable("DOTNET_STARTUP_HOOKS"), Loaded("Cake.Core"));

    public static Table Merge(InputFile[] rows, Limits limits, OutputFile merged)
    {
        var kept = rows.SelectMany(row => row.ReadLines()).Where(line => line.Length <= limits.Longest).ToList();
        merged.WriteLines(limits.Header is { } header ? header.ReadLines().Concat(kept) : kept);
        return new Table(kept.Count, rows.Select(row => Path.GetFileName(row.Path)).ToArray());
    }

    public static void Report(Result<Table> table, OutputFile text) => text.WriteText($"{table.Value.Lines} lines of {string.Join(' ', table.Value.Names)}\n");

    /// <summary>Starts a process that outlives it unless it is ended with it, and waits for ever.</summary>
    public static void Waits(string pids)
    {
        using var grandchild = Process.Start("sleep", "1000");
        File.WriteAllText(pids, $"{Environment.ProcessId} {grandchild.Id}");
        Console.WriteLine("waiting");
        grandchild.WaitForExit();
    }

    public static void WaitsForTheSignal(StepFiles files, Place place)
    {
        var told = files.Cancellation.WaitHandle;
        Console.WriteLine("waiting");
        told.WaitOne();
        // Not by a callback of the token: it may be taken back before it began, as waiters are woken first.
        File.WriteAllText(place.Path, "came to its end");
        files.Cancellation.ThrowIfCancellationRequested();
    }

    public static int Square(int number) => number * number;

    public static async Task<int> Later(int number)
    {
        await Task.Delay(1);
        return number;
    }

    public static async Task LaterInto(OutputFile file, CancellationToken cancellation)
    {
        await Task.Delay(1, cancellation);
        file.WriteText("later");
    }

    public static async Task LaterByName(StepFiles files)
    {
        await Task.Yield();
        files.WriteText("out", "by name");
    }

    public static async Task LaterWithOptions(StepFiles files, Place place)
    {
        await Task.Yield();
        files.WriteText("out", place.Path);
    }

    public static async Task LaterThrows(OutputFile file)
    {
        await Task.Yield();
        file.WriteText("half");
        throw new InvalidDataException("half of it");
    }

    public static async Task LaterWaits(OutputFile file, Place place, CancellationToken cancellation)
    {
        Console.WriteLine("waiting");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        finally
        {
            await File.WriteAllTextAsync(place.Path, "came to its end", CancellationToken.None);
            file.WriteText("x");
        }
    }

    public static async Task<int> SquareOf(Result<int> number)
    {
        await Task.Yield();
        return number.Value * number.Value;
    }

    public static Task LaterOfNothing(OutputFile file) => file.Path.Length > 0 ? null! : Task.CompletedTask;

    public static async void Forgotten(OutputFile file)
    {
        await Task.Yield();
        file.WriteText("x");
    }

    public static ValueTask<int> Perhaps(int number) => new(number);

    public static T Same<T>(T value) => value;

    public static void Forgets(Forgetful value) => Console.WriteLine(value.Number);

    public static void Loops(Looping value) => Console.WriteLine(value.Self);

    public static void Counts(StepFiles files, IReadOnlyList<int> numbers) => files.WriteText("x", $"{numbers.Count}");

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static int Deeper(int depth) => Deeper(depth + 1) + 1;

    private static void Look(string residue) => throw new InvalidDataException($"no such residue: {residue}");

    private static bool Loaded(string assembly) => AppDomain.CurrentDomain.GetAssemblies().Any(loaded => loaded.GetName().Name == assembly);

    internal sealed record Facts(string Text, double[] Numbers, int Process);

    internal sealed record Site(string Directory, string? Hook, bool HasCake);

    internal sealed record Limits(int Longest, InputFile? Header = null);

    internal sealed record Table(int Lines, string[] Names);

    internal sealed record Place(string Path);

    internal sealed class Forgetful(int number)
    {
        public int Number { get; } = number;

        public Forgetful()
            : this(0)
        {
        }
    }

    internal sealed class Looping
    {
        public Looping Self => this;
    }
}
