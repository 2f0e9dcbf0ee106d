using MilleCafes.Host.Access;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>Who asks, as far as webhooks want to know.</summary>
internal sealed class Subscriber(CurrentActor actor, IHttpContextAccessor accessor)
{
    public string Id => actor.Id;

    public bool MayReadPersonalData => accessor.HttpContext?.User.HasClaim("scope", Scopes.PersonalDataRead) is true;
}
