namespace ScaleMs.Store.Tests.Support;

/// <summary>Opens, does, closes, in one expression.</summary>
internal static class UsingExtensions
{
    public static T Using<T>(this FileStore store, Func<FileStore, T> use)
    {
        using (store)
        {
            return use(store);
        }
    }

    public static void Using(this FileStore store, Action<FileStore> use)
    {
        using (store)
        {
            use(store);
        }
    }
}
