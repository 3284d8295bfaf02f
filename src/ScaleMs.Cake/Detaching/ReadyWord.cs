namespace ScaleMs;

/// <summary>What a detached process says when it holds the store, has planned without faults, and begins to execute.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Target">The target.</param>
/// <param name="Output">The file that takes what it prints.</param>
internal sealed record ReadyWord(string Run, string Target, string Output)
{
    /// <summary>The file of the word, beside that of the output.</summary>
    public static string FileOf(string output) => output + ".ready";

    /// <summary>Says it.</summary>
    public void Write(string output)
    {
        var file = FileOf(output);
        File.WriteAllLines(file + ".new", [Run, Target, Output]);
        File.Move(file + ".new", file);
    }

    /// <summary>Hears it; null as long as it was not said.</summary>
    public static ReadyWord? TryTake(string output)
    {
        var file = FileOf(output);
        if (!File.Exists(file))
        {
            return null;
        }

        var lines = File.ReadAllLines(file);
        File.Delete(file);
        return new ReadyWord(lines[0], lines[1], lines[2]);
    }
}
