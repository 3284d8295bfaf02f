namespace ScaleMs.Benchmarks.Measuring;

/// <summary>What one run of a program cost.</summary>
/// <param name="WallSeconds">From before its start until its end is known.</param>
/// <param name="CpuSeconds">User and system time of it and its children.</param>
/// <param name="PeakBytes">The largest resident memory of one process; 0 when it ended before it could be read.</param>
internal readonly record struct Timing(double WallSeconds, double CpuSeconds, long PeakBytes);
