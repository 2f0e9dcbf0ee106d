using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Who asks, as far as webhooks want to know.</summary>
internal sealed class Subscriber(CurrentActor actor)
{
    public string Id => actor.Id;

    public bool MayReadPersonalData => actor.Holder?.MayReadPersonalData is true;
}
