namespace ScaleMs.Store.Archives;

/// <summary>Keeps bytes that come only once, to be read back and forth: a zip file tells at its end what is in it.</summary>
internal static class Spool
{
    /// <summary>Reads a stream to its end into a file of the temporary folder; its name is gone at once, so a killed run leaves nothing.</summary>
    public static FileStream Of(Stream source)
    {
        var path = Path.GetTempFileName();
        var spool = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            File.Delete(path);
            source.CopyTo(spool);
            spool.Position = 0;
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }
}
