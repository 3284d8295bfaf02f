namespace ScaleMs.Store.Disk;

/// <summary>Error numbers of Linux that the store tells apart; the few that it needs elsewhere say so.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int AccessDenied = 13;
    public const int WouldBlock = 11;
    public const int Exists = 17;
    public const int CrossDevice = 18;
    public const int NotDirectory = 20;
    public const int Invalid = 22;
    public const int NoSpace = 28;
    public const int ReadOnly = 30;
    public const int TooManyLinks = 31;
    public const int WouldBlockOnMac = 35;
    public const int NoSystemCall = 38;
    public const int NotSupported = 95;
    public const int Stale = 116;
    public const int Quota = 122;
}
