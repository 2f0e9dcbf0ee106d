using MilleCafes.Host.Platform.EmbeddedPostgres;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.EmbeddedPostgres;

public sealed class LifeOfTheServer : IDisposable
{
    private readonly Cluster cluster = new();

    [Fact]
    public async Task The_first_start_makes_the_data_and_the_second_keeps_them()
    {
        await using (var first = await cluster.StartAsync(lasting: true))
        {
            await Cluster.QueryAsync(first, "create table cafes as select 'Le Comptoir' as name");
        }

        Assert.Null(cluster.Postmaster);
        await using var second = await cluster.StartAsync(lasting: true);
        Assert.Equal("Le Comptoir", await Cluster.QueryAsync(second, "select name from cafes"));
    }

    [Fact]
    public async Task The_server_listens_on_no_network_and_speaks_UTF8()
    {
        await using var database = await cluster.StartAsync();
        Assert.Equal("", await Cluster.QueryAsync(database, "show listen_addresses"));
        Assert.Equal("UTF8", await Cluster.QueryAsync(database, "show server_encoding"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(cluster.Path));
    }

    [Fact]
    public async Task A_server_left_by_a_killed_host_is_taken_over_and_stopped_at_the_end()
    {
        using var host = HostProcess.Start("--port", "0", "--data", cluster.Path);
        await host.AddressAsync(TestContext.Current.CancellationToken);
        var postmaster = cluster.Postmaster;
        await host.KillAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(postmaster);
        Assert.Equal(postmaster, cluster.Postmaster);

        await using (await cluster.StartAsync())
        {
            Assert.Equal(postmaster, cluster.Postmaster);
        }

        Assert.Null(cluster.Postmaster);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_host_that_is_asked_to_end_stops_its_server(string signal)
    {
        using var host = HostProcess.Start("--port", "0", "--data", cluster.Path);
        await host.AddressAsync(TestContext.Current.CancellationToken);
        await host.SignalAsync(signal, TestContext.Current.CancellationToken);
        Assert.Equal(0, await host.ExitAsync(TestContext.Current.CancellationToken));
        Assert.Null(cluster.Postmaster);
    }

    [Fact]
    public async Task A_second_host_joins_and_the_last_one_out_stops_the_server()
    {
        var first = await cluster.StartAsync();
        var postmaster = cluster.Postmaster;
        var second = await cluster.StartAsync();
        Assert.Equal(postmaster, cluster.Postmaster);

        await second.DisposeAsync();
        Assert.Equal("1", await Cluster.QueryAsync(first, "select 1"));

        var third = await cluster.StartAsync();
        await first.DisposeAsync();
        Assert.Equal("1", await Cluster.QueryAsync(third, "select 1"));

        await third.DisposeAsync();
        Assert.Null(cluster.Postmaster);
    }

    [Fact]
    public async Task Hosts_that_start_together_share_one_server()
    {
        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => cluster.StartAsync())));
        var starts = await Task.WhenAll(hosts.Select(host => Cluster.QueryAsync(host, "select pg_postmaster_start_time()::text")));
        Assert.Single(starts.Distinct());
        await Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));
        Assert.Null(cluster.Postmaster);
    }

    [Fact]
    public async Task A_server_that_somebody_started_by_hand_is_used_and_left_running()
    {
        await (await cluster.StartAsync()).DisposeAsync();
        var account = await ServerAccount.ForAsync(cluster.Path, TestContext.Current.CancellationToken);
        var binaries = await PostgresBinaries.FindAsync(cluster.Data, TestContext.Current.CancellationToken);
        await account.RunAsync(binaries.Control, ["start", "-w", "-D", cluster.Path, "-l", cluster.Data.StartLog], TestContext.Current.CancellationToken);
        var postmaster = cluster.Postmaster;
        Assert.NotNull(postmaster);

        await using (var database = await cluster.StartAsync())
        {
            Assert.Equal("1", await Cluster.QueryAsync(database, "select 1"));
        }

        Assert.Equal(postmaster, cluster.Postmaster);
        await account.RunAsync(binaries.Control, ["stop", "-w", "-m", "immediate", "-D", cluster.Path], TestContext.Current.CancellationToken);
    }

    public void Dispose() => cluster.Dispose();
}
