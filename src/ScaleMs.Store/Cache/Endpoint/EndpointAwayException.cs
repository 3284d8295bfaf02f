namespace ScaleMs.Store.Cache.Endpoint;

/// <summary>The endpoint of a cache does not answer, or not this client.</summary>
/// <param name="message">Why, as part of a sentence.</param>
/// <param name="cause">What was thrown.</param>
internal sealed class EndpointAwayException(string message, Exception? cause = null) : IOException(message, cause);
