using MilleCafes.Host.Access;
using MilleCafes.Host.Webhooks.Deliveries;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using Wolverine;

namespace MilleCafes.Host.Webhooks;

/// <summary>Tells subscribers what happens in the modules: subscriptions, events, deliveries.</summary>
public sealed class WebhooksModule : IModule
{
    private const int ParallelRecords = 8;

    public string Name => "webhooks";

    public void Register(IServiceCollection services) => services
        .AddModuleStore<IWebhooksStore>(this, documents =>
        {
            documents.Listed<WebhookSubscription>().Index(subscription => subscription.Owner);
            documents.For<WebhookEvent>().UseNumericRevisions(true).Index(news => news.Position).Index(news => news.RecordedAt);
            documents.For<WebhookDelivery>().UseNumericRevisions(true)
                .Index(delivery => delivery.Owner).Index([delivery => delivery.SubscriptionId, delivery => delivery.Status]).Index(delivery => delivery.CreatedAt).Index(delivery => delivery.Status)
                .Index(delivery => delivery.NextAttemptAt);
            documents.Listed<WebhookReplay>().Index(replay => replay.Owner).UniqueIndex(replay => replay.UnderWayTo!);
            documents.For<FeedLength>().UseNumericRevisions(true);
            documents.For<SealMark>().UseNumericRevisions(true);
        })
        .AddSingleton(provider => new WebhookSender(
            provider.GetRequiredService<WebhookSettings>(),
            provider.GetRequiredService<SecretSeal>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping))
        .AddSingleton(provider => SealKey.Read(provider.GetRequiredService<WebhookSettings>()))
        .AddHostedService<SealCheck>()
        .AddScoped<Subscriber>()
        .AddSingleton(provider => new Audience(provider.GetRequiredService<IAccessStore>()))
        .AddSingleton<EventFeed>()
        .AddSingleton<FeedCursor>()
        .AddSingleton<WebhookPurge>()
        .AddHostedService(provider => provider.GetRequiredService<WebhookPurge>())
        .ConfigureWolverine(options =>
        {
            options.LocalQueueFor<DeliverWebhook>().MaximumParallelMessages(EndpointPaces.Workers);
            options.LocalQueueFor<WebhookAttempted>().MaximumParallelMessages(ParallelRecords);
        });
}
