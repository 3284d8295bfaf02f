namespace ScaleMs.Engine.Secrets;

/// <summary>Where an attempt's secrets may lie; absolute paths.</summary>
/// <param name="Attempt">The attempt's directory.</param>
/// <param name="Files">The commands' directory.</param>
/// <param name="Values">The directory of the files that hold values.</param>
/// <param name="Note">The note that leads the next run to them.</param>
internal sealed record SecretPlaces(string Attempt, string Files, string Values, string Note);
