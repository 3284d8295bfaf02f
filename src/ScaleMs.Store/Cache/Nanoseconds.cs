namespace ScaleMs.Store.Cache;

/// <summary>Times of files as .NET tells them.</summary>
internal static class Nanoseconds
{
    public static long Of(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;

    public static DateTimeOffset ToTime(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
