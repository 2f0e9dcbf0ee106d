using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Access;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Host.Tests.Webhooks;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Access;

/// <summary>How long the directory believes what it knows, by a clock moved by hand, and how often it asks the store.</summary>
public sealed class KeyDirectoryTests(MilleCafesHost host)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(1);

    private readonly TestClock clock = new();
    private readonly CountedStore counted = CountedStore.Of(host.Host.Services.GetRequiredService<IAccessStore>());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revocation_counts_after_a_second_at_most()
    {
        var directory = Directory();
        var (_, secret) = await host.AddClientAsync(new { name = "Assureur", kind = "partner", scopes = new[] { "recruitment:read" } });
        var known = await directory.FindAsync(secret);
        Assert.Equal(KeyState.Opens, known!.State);
        using var revoked = await host.Administrator.PostAsync($"/v1/access/keys/{known.Key!.Id}/revocation", null, Token);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);

        clock.Advance(Promised);

        Assert.Equal(KeyState.Revoked, (await directory.FindAsync(secret))!.State);
    }

    [Fact]
    public async Task The_end_of_a_client_counts_after_a_second_at_most_and_its_return_at_once()
    {
        var directory = Directory();
        var (client, secret) = await host.AddClientAsync(new { name = "Assureur", kind = "partner", scopes = new[] { "recruitment:read" } });
        Assert.Equal(KeyState.Opens, (await directory.FindAsync(secret))!.State);
        using var disabled = await host.Administrator.PostAsync($"/v1/access/clients/{client}/disablement", null, Token);

        clock.Advance(Promised);
        Assert.Equal(KeyState.ClientDisabled, (await directory.FindAsync(secret))!.State);

        using var enabled = await host.Administrator.PostAsync($"/v1/access/clients/{client}/enablement", null, Token);
        Assert.Equal(KeyState.Opens, (await directory.FindAsync(secret))!.State);
    }

    [Fact]
    public async Task The_store_is_asked_once_for_a_key_that_is_shown_often_known_or_not()
    {
        var directory = Directory();
        foreach (var secret in new[] { host.AdministratorKey, ApiKey.NewSecret(ApiKey.Mark) })
        {
            var before = counted.Asked;
            for (var time = 0; time < 20; time++)
            {
                await directory.FindAsync(secret);
            }

            Assert.Equal(1, counted.Asked - before);
            clock.Advance(Promised);
            await directory.FindAsync(secret);
            Assert.Equal(2, counted.Asked - before);
        }
    }

    [Fact]
    public async Task A_flood_of_unknown_keys_is_asked_for_as_allowed_and_drives_out_no_key_that_opens()
    {
        var directory = Directory();
        await directory.FindAsync(host.AdministratorKey);
        var before = counted.Asked;
        await Parallel.ForEachAsync(Enumerable.Range(0, 10_500), Token, async (_, _) =>
            Assert.Equal(KeyState.Unknown, (await directory.FindAsync(ApiKey.NewSecret(ApiKey.Mark)))!.State));
        Assert.Equal(10_500, counted.Asked - before);

        Assert.Null(await directory.FindAsync(ApiKey.NewSecret(ApiKey.Mark), () => false));
        Assert.Equal(KeyState.Opens, (await directory.FindAsync(host.AdministratorKey, () => false))!.State);
        Assert.Equal(10_500, counted.Asked - before);

        // Long known, it needs nobody's leave to be looked at again
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(KeyState.Opens, (await directory.FindAsync(host.AdministratorKey, () => false))!.State);
    }

    [Fact]
    public async Task Uses_are_taken_once_and_the_later_one_counts()
    {
        var directory = Directory();
        var key = (await directory.FindAsync(host.AdministratorKey))!.Key!.Id;
        directory.NoteUse(key, clock.GetUtcNow().AddMinutes(-1));

        Assert.Equal([KeyValuePair.Create(key, clock.GetUtcNow())], directory.TakeUses());
        Assert.Empty(directory.TakeUses());
    }

    private KeyDirectory Directory() => new(counted.Store, clock);

    /// <summary>The real store, and how often a session was opened on it.</summary>
    public class CountedStore : DispatchProxy
    {
        private IAccessStore inner = null!;
        private int asked;

        public int Asked => asked;

        public IAccessStore Store { get; private set; } = null!;

        public static CountedStore Of(IAccessStore inner)
        {
            var proxy = Create<IAccessStore, CountedStore>();
            var counted = (CountedStore)(object)proxy;
            (counted.inner, counted.Store) = (inner, proxy);
            return counted;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Interlocked.Increment(ref asked);
            return targetMethod!.Invoke(inner, args);
        }
    }
}
