using ScaleMs.Core.Graph;

namespace ScaleMs.Engine.Running;

/// <summary>A run of a part of a workflow (<see cref="SettledPart"/>) cannot go on by itself: make the run in full. What was done is kept.</summary>
/// <param name="why">Why, for people.</param>
public sealed class WholeRunNeededException(string why) : Exception(why);
