using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;

namespace ScaleMs.Store.Cache;

/// <content>Who makes what. Whoever cannot offer anything neither leads others nor waits for them.</content>
internal sealed partial class SharedCache : ILeads
{
    /// <inheritdoc/>
    public string? Take(ActionKey key) => AskLeads(leads => leads.Take(key));

    /// <inheritdoc/>
    public string? LeaderOf(ActionKey key) => AskLeads(leads => leads.LeaderOf(key));

    /// <inheritdoc/>
    public void GiveUp(ActionKey key)
    {
        CacheLeads? leads;
        lock (_gate)
        {
            // Also of a cache that was left: what this client leads there must not keep others waiting.
            leads = _session?.Leads;
        }

        leads?.GiveUp(key);
    }

    private string? AskLeads(Func<CacheLeads, string?> question)
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
