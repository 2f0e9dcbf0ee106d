using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Host.Webhooks.Subscriptions;

internal enum WebhookSubscriptionStatus
{
    /// <summary>Receives events.</summary>
    Enabled,

    /// <summary>Can receive nothing more until its owner looks after it.</summary>
    Disabled,

    /// <summary>Its owner ended it; kept without its secret, so that its deliveries can still be read.</summary>
    Deleted,

    /// <summary>Its owner wants events to wait.</summary>
    Paused,
}

/// <summary>Why a subscription was disabled.</summary>
public enum DisabledReason
{
    /// <summary>Its endpoint answered 410.</summary>
    Gone,

    /// <summary>Its endpoint took nothing for days.</summary>
    Failing,
}

/// <summary>Where a partner wants to be told, and of what.</summary>
internal sealed record WebhookSubscription : Document, IVisible<WebhookSubscription>
{
    // Somebody who rotates twice in a day has a subscriber that still knows the first secret
    private const int MostPreviousKeys = 2;

    /// <summary>Who made it, the only one that sees it.</summary>
    public required string Owner { get; init; }

    public required string Url { get; init; }

    public required ImmutableArray<string> EventTypes { get; init; }

    public SubscriptionFilter Filter { get; init; } = SubscriptionFilter.None;

    public WebhookFormat Format { get; init; }

    /// <summary>Whether its owner may read what events say of persons.</summary>
    public bool PersonalData { get; init; }

    public string? Description { get; init; }

    /// <summary>Where its owner is told that it was disabled.</summary>
    [PersonalData]
    public string? ContactEmail { get; init; }

    /// <summary>The current key, then those that still sign beside it.</summary>
    [Unaudited("Secrets, though closed, end with the subscription; that they were rotated has its entry.")]
    public ImmutableList<SigningKey> Keys { get; init; } = [];

    public WebhookSubscriptionStatus Status { get; init; }

    public DisabledReason? DisabledBecause { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when it stands where it does.</summary>
    public required DateTimeOffset StatusSince { get; init; }

    /// <summary>The first failure since the last success.</summary>
    [Unaudited("An endpoint that fails now and then would fill the audit; being disabled has its entry.")]
    public DateTimeOffset? FailingSince { get; init; }

    public static Expression<Func<WebhookSubscription, bool>>? VisibleTo(Holder holder)
    {
        var own = holder.ClientId.ToString();
        return one => one.Owner == own;
    }

    public bool Wants(WebhookEvent news) =>
        EventTypes.Any(pattern => EventCatalogue.Matches(pattern, news.Type)) && (news.Owner is null ? Filter.Passes(news.Place) || IsSourceOf(news) : news.Owner == Owner);

    // Somebody who is to be forgotten is, wherever they wanted to go
    private bool IsSourceOf(WebhookEvent news) => news.Place.SourceClientId is { } client && client.ToString() == Owner;

    public bool IsVisibleTo(string actor) => Owner == actor && Status != WebhookSubscriptionStatus.Deleted;

    public bool MayBeDisabled => Status is WebhookSubscriptionStatus.Enabled or WebhookSubscriptionStatus.Paused;

    /// <summary>What an attempt tells that ends now; a test that fails tells nothing.</summary>
    public AttemptNews NewsOf(DeliveryAttempt attempt, DeliveryCause cause) => attempt switch
    {
        { Succeeded: true } => FailingSince is null ? AttemptNews.None : AttemptNews.Recovered,
        _ when !MayBeDisabled => AttemptNews.None,
        { IsGone: true } => AttemptNews.Gone,
        _ => FailingSince is null && cause != DeliveryCause.Test ? AttemptNews.Failing : AttemptNews.None,
    };

    public Result<WebhookSubscription> For(string actor) => IsVisibleTo(actor) ? this : WebhookSubscriptionErrors.Unknown;

    public WebhookSubscription Change(ISubscriptionFacts facts, bool personalData, CommuneRegistry communes) => this with
    {
        Url = facts.Url ?? Url,
        EventTypes = facts.EventTypes is { } types ? [.. types.Distinct()] : EventTypes,
        Filter = facts.Filters?.ApplyTo(Filter, communes) ?? Filter,
        Format = facts.Format ?? Format,
        Description = facts.Description is null ? Description : NullIfEmpty(facts.Description),
        ContactEmail = facts.ContactEmail is null ? ContactEmail : NullIfEmpty(facts.ContactEmail),
        PersonalData = personalData,
    };

    public Result<WebhookSubscription> Pause(DateTimeOffset now) => Status switch
    {
        WebhookSubscriptionStatus.Enabled => Become(WebhookSubscriptionStatus.Paused, now),
        WebhookSubscriptionStatus.Paused => WebhookSubscriptionErrors.AlreadyPaused,
        _ => WebhookSubscriptionErrors.Disabled,
    };

    public Result<WebhookSubscription> Activate(DateTimeOffset now) =>
        Status == WebhookSubscriptionStatus.Enabled ? WebhookSubscriptionErrors.AlreadyEnabled : Become(WebhookSubscriptionStatus.Enabled, now);

    public WebhookSubscription Disable(DisabledReason reason, DateTimeOffset now) => Become(WebhookSubscriptionStatus.Disabled, now) with { DisabledBecause = reason };

    public WebhookSubscription Delete(DateTimeOffset now) => Become(WebhookSubscriptionStatus.Deleted, now) with { DeletedAt = now, Keys = [], ContactEmail = null };

    /// <summary>Signs with another key from now on, and with the one before until <paramref name="until"/>.</summary>
    public WebhookSubscription Rotate(SigningKey key, DateTimeOffset until, DateTimeOffset now)
    {
        var previous = Keys.Take(1).Select(current => current with { Until = until }).Concat(Keys.Skip(1)).Where(known => known.SignsAt(now));
        return this with { Keys = [key, .. previous.Take(MostPreviousKeys)] };
    }

    private WebhookSubscription Become(WebhookSubscriptionStatus status, DateTimeOffset now) =>
        this with { Status = status, StatusSince = now, DisabledBecause = null, FailingSince = null };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

/// <summary>Nothing more goes to this subscription: what still waits for an attempt is cancelled.</summary>
/// <param name="Since">When it ended: what came later came after it was activated again.</param>
public sealed record WebhookSubscriptionEnded(Guid SubscriptionId, DateTimeOffset Since);
