using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;

namespace ScaleMs.Store.Cache;

/// <content>Who makes what. Whoever cannot offer anything neither leads others nor waits for them.</content>
internal sealed partial class SharedCache : ILeads
{
    private static readonly IReadOnlyDictionary<ActionKey, string> Nobody = new Dictionary<ActionKey, string>();

    /// <inheritdoc/>
    public string? Take(ActionKey key) => AskLeads(leads => leads.Take(key));

    /// <inheritdoc/>
    public IReadOnlyDictionary<ActionKey, string> LeadersOf(IReadOnlyCollection<ActionKey> keys) => AskLeads(leads => leads.LeadersOf(keys)) ?? Nobody;

    /// <inheritdoc/>
    public void GiveUp(ActionKey key)
    {
        ILeads? leads;
        lock (_gate)
        {
            // Also of a cache that was left: what this client leads there must not keep others waiting.
            leads = _session?.Leads;
        }

        leads?.GiveUp(key);
    }

    private T? AskLeads<T>(Func<ILeads, T?> question)
        where T : class
    {
        try
        {
            return TakesOffers && Session() is { Leads: { } leads } ? question(leads) : null;
        }
        catch (Exception cause) when (IsTrouble(cause))
        {
            StopOffering(cause);
            return null;
        }
    }
}
