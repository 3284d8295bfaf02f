using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Small files of a work directory that outlive the attempts they are about: records of batches, bells of attempts, wrappers of other versions.</summary>
internal static class WorkRemains
{
    internal const string Batches = ".slurm";
    internal const string Wrappers = ".wrapper";

    /// <summary>Removes those that no attempt in the directory needs.</summary>
    /// <remarks>They are listed before the attempts are looked at: whoever makes such a file has an attempt by then.</remarks>
    internal static void Remove(string workDirectory)
    {
        var (batches, bells) = (In(workDirectory, Batches), In(workDirectory, AttemptFiles.Ended));
        List<string> wrappers = [.. In(workDirectory, Wrappers).Where(file => Path.GetFileName(file) != WrapperFile.Name)];
        if (batches.Count + bells.Count + wrappers.Count == 0)
        {
            return;
        }

        var needed = Submitted(workDirectory);
        Delete(batches.Where(file => !needed.Contains(Path.GetFileName(file))));
        Delete(bells.Where(file => !Directory.Exists(Path.Combine(workDirectory, Path.GetFileName(file)))));
        Delete(needed.Count == 0 ? wrappers : []);
    }

    /// <summary>The batches of all attempts that are there. While there is one, any wrapper may still be read by a job.</summary>
    private static HashSet<string> Submitted(string workDirectory) =>
        [.. Listed(() => Directory.EnumerateDirectories(workDirectory)).Select(SubmittedRecord.Read).OfType<SubmittedRecord>().Select(record => record.Batch)];

    private static List<string> In(string workDirectory, string folder) => Listed(() => Directory.EnumerateFiles(Path.Combine(workDirectory, folder)));

    private static List<string> Listed(Func<IEnumerable<string>> list)
    {
        try
        {
            return [.. list()];
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static void Delete(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
            {
                // Another run may do it.
            }
        }
    }
}
