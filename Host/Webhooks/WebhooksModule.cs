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
    // One endpoint, or one key, can hold only some of these: see AttemptsUnderWay
    private const int ParallelDeliveries = 64;

    public string Name => "webhooks";

    public void Register(IServiceCollection services) => services
        .AddModuleStore<IWebhooksStore>(this, documents =>
        {
            documents.For<WebhookSubscription>().UseNumericRevisions(true).Index(subscription => subscription.Owner);
            documents.For<WebhookEvent>().UseNumericRevisions(true);
            documents.For<WebhookDelivery>().UseNumericRevisions(true).Index(delivery => delivery.Owner).Index(delivery => delivery.SubscriptionId)
                .Index(delivery => delivery.Status);
        })
        .AddSingleton(provider => new WebhookSender(
            provider.GetRequiredService<WebhookSettings>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping))
        .ConfigureWolverine(options => options.LocalQueueFor<DeliverWebhook>().MaximumParallelMessages(ParallelDeliveries));
}
