namespace ScaleMs.Launchers.Slurm;

/// <summary>The job ids that Slurm gave to batches, a file for each, so that ten thousand attempts are not written to when one is told.</summary>
/// <remarks>They are needed where Slurm's accounting is asked, and by people. Without one the job is found by its comment.</remarks>
internal sealed class BatchRecords(string folder)
{
    internal void Write(string batch, string array)
    {
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, batch), array + "\n");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return; // the comment tells the same
        }
    }

    /// <summary>The array's job id; empty while no file names it.</summary>
    internal string Read(string batch)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, batch)).Trim();
            return text.All(char.IsAsciiDigit) ? text : string.Empty;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
