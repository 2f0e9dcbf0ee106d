using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Tests.Webhooks;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

public sealed class CommitTests(MilleCafesHost host)
{
    private readonly WebhookEvent document = Samples.Event();

    [Fact]
    public async Task An_id_that_is_taken_is_a_refusal_and_no_exception()
    {
        Assert.False((await InsertAsync(null)).IsRefused(out _));

        Assert.True((await InsertAsync(null)).IsRefused(out var usual));
        Assert.True((await InsertAsync(CommonErrors.ChangedMeanwhile)).IsRefused(out var own));

        Assert.Equal(CommonErrors.AlreadyExists, usual);
        Assert.Equal(CommonErrors.ChangedMeanwhile, own);
    }

    [Fact]
    public async Task A_state_that_is_the_same_is_not_stored_and_what_was_published_of_it_is_not_sent()
    {
        var id = await SubscriptionAsync();

        var (same, sentOfSame) = await UpdateAsync(id, subscription => subscription with { EventTypes = [.. subscription.EventTypes] });
        var (other, sentOfOther) = await UpdateAsync(id, subscription => subscription with { FailingSince = DateTimeOffset.UnixEpoch });

        Assert.Equal((1, 2), (same, other));
        Assert.Empty(sentOfSame);
        Assert.Single(sentOfOther);
    }

    [Fact]
    public async Task Of_two_acts_that_wait_for_one_another_one_is_refused_as_late()
    {
        var token = TestContext.Current.CancellationToken;
        var (one, other) = (await SubscriptionAsync(), await SubscriptionAsync());
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var connection = await database.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        // PostgreSQL ends the one that looks first
        await RunAsync("set local deadlock_timeout = '1min'");
        await LockAsync(other);
        await using var scope = host.Host.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IWebhooksStore>>();
        using var acting = Acting.ByClock("test", TimeProvider.System);
        foreach (var id in new[] { one, other })
        {
            session.Update((await session.LoadAsync<WebhookSubscription>(id, token))! with { FailingSince = DateTimeOffset.UnixEpoch });
        }

        var commit = session.CommitAsync(Done.Value, token);
        await using var watch = database.CreateCommand("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')");
        await Eventually.True(async () => await watch.ExecuteScalarAsync(token) is true, TimeSpan.FromSeconds(10), "the act waits");
        await LockAsync(one);

        Assert.True((await commit).IsRefused(out var refusal));
        Assert.Equal(CommonErrors.ChangedMeanwhile, refusal);

        Task LockAsync(Guid id) => RunAsync($"select from webhooks.mt_doc_webhooksubscription where id = '{id}' for update");

        async Task RunAsync(string statement)
        {
            await using var command = new NpgsqlCommand(statement, connection, transaction);
            await command.ExecuteNonQueryAsync(token);
        }
    }

    private async Task<Guid> SubscriptionAsync()
    {
        using var writer = await Writer.OfAsync(host);
        return Guid.Parse((await RightWrites.OfAsync(nameof(ChangeWebhookSubscription), writer)).Address.Split('/')[^1]);
    }

    /// <returns>The revision, and what was sent of the document.</returns>
    private async Task<(long Revision, IReadOnlyList<PersonalDataErased> Sent)> UpdateAsync(Guid id, Func<WebhookSubscription, WebhookSubscription> change)
    {
        var token = TestContext.Current.CancellationToken;
        var told = new PersonalDataErased(id, DateTimeOffset.UnixEpoch);
        var tracked = await host.TrackAsync(async () =>
        {
            using var acting = Acting.ByClock("test", TimeProvider.System);
            await using var scope = host.Host.Services.CreateAsyncScope();
            var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IWebhooksStore>>();
            var subscription = (await session.LoadAsync<WebhookSubscription>(id, token))!;
            await session.PublishAsync(told);
            session.Update(change(subscription));
            Assert.False((await session.CommitAsync(Done.Value, token)).IsRefused(out _));
        });
        await using var read = host.Host.Services.GetRequiredService<IWebhooksStore>().QuerySession();
        return ((await read.LoadAsync<WebhookSubscription>(id, token))!.Revision, [.. tracked.Sent.MessagesOf<PersonalDataErased>().Where(message => message == told).Distinct()]);
    }

    private async Task<Result<WebhookEvent>> InsertAsync(Error? onDuplicate)
    {
        await using var scope = host.Host.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IWebhooksStore>>();
        session.Insert(document);
        return await session.CommitAsync(document, TestContext.Current.CancellationToken, onDuplicate);
    }
}
