#if LITEDB
using ScaleMs.Core.Ports;
using ScaleMs.Store.LiteDb;
#endif

namespace ScaleMs;

/// <summary>Keeps the database that people query up to date; a no-op where the LiteDB package is not there.</summary>
internal static class QueryDatabase
{
    /// <summary>Folds what the run recorded into the database.</summary>
    /// <param name="workspace">The workspace, whose store is closed by now.</param>
    /// <returns>What went wrong; null when nothing did. The journal has everything, so the next run makes up for it.</returns>
    public static string? Fold(string workspace)
    {
#if LITEDB
        try
        {
            using var database = LiteDbDatabase.Open(workspace);
            database.Refresh();
        }
        catch (StoreException exception)
        {
            return exception.Message;
        }
#endif
        return null;
    }
}
