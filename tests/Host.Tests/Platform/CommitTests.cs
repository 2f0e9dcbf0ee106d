using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Tests.Webhooks;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Shared;
using MilleCafes.Testing;
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

    private async Task<Result<WebhookEvent>> InsertAsync(Error? onDuplicate)
    {
        await using var scope = host.Host.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IWebhooksStore>>();
        session.Insert(document);
        return await session.CommitAsync(document, TestContext.Current.CancellationToken, onDuplicate);
    }
}
