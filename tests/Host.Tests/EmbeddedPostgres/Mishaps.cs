using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using MilleCafes.Host.Platform;
using MilleCafes.Host.Platform.EmbeddedPostgres;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.EmbeddedPostgres;

public sealed class Mishaps
{
    [Fact]
    public async Task A_process_number_left_by_a_crashed_machine_is_seen_through()
    {
        using var other = new Cluster();
        await using var neighbour = await other.StartAsync();
        using var cluster = new Cluster();
        await (await cluster.StartAsync()).DisposeAsync();
        var somebodyElse = other.Postmaster?.ToString(CultureInfo.InvariantCulture);
        cluster.Write("postmaster.pid", $"{somebodyElse}\n{cluster.Path}\n1700000000\n5432\n{cluster.Path}\n\n  0 0\nready   \n");

        await using var database = await cluster.StartAsync();
        Assert.Equal("1", await Cluster.QueryAsync(database, "select 1"));
    }

    [Fact]
    public async Task Files_that_a_killed_host_left_half_made_are_made_anew()
    {
        using var cluster = new Cluster();
        cluster.Write("millecafes.start.lock", "");
        Directory.CreateDirectory(cluster.Data.In("millecafes.initdb"));
        await cluster.GiveToServerAsync("millecafes.initdb");
        await using var database = await cluster.StartAsync();
        Assert.Equal("1", await Cluster.QueryAsync(database, "select 1"));
    }

    [Fact]
    public async Task A_cluster_that_a_killed_host_had_moved_in_by_half_is_completed()
    {
        using var cluster = new Cluster();
        await (await cluster.StartAsync()).DisposeAsync();
        Directory.CreateDirectory(cluster.Data.In("millecafes.new"));
        foreach (var name in new[] { "PG_VERSION", "pg_wal", "global" })
        {
            Directory.Move(cluster.Data.In(name), cluster.Data.In(Path.Combine("millecafes.new", name)));
        }

        await using var database = await cluster.StartAsync();
        Assert.Equal("1", await Cluster.QueryAsync(database, "select 1"));
    }

    [Fact]
    public async Task A_name_too_long_for_a_socket_or_strange_to_Npgsql_works()
    {
        using var cluster = new Cluster(below: new string('é', 50) + ", l'autre: café");
        await using var database = await cluster.StartAsync();
        Assert.Equal("1", await Cluster.QueryAsync(database, "select 1"));
    }

    [Fact]
    public async Task A_directory_with_other_files_is_refused_and_left_alone()
    {
        using var cluster = new Cluster();
        cluster.Write("diary.txt", "mine");
        Assert.Contains("is neither empty nor a data directory", await cluster.RefusalAsync(), StringComparison.Ordinal);
        Assert.Equal(["diary.txt"], Directory.GetFileSystemEntries(cluster.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("9.6\n", "was made by PostgreSQL 9,")]
    [InlineData("99\n", "install PostgreSQL 99")]
    public async Task Data_of_another_version_are_refused(string version, string said)
    {
        using var cluster = new Cluster();
        cluster.Write("PG_VERSION", version);
        Assert.Contains(said, await cluster.RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_programs_data_directory_is_refused()
    {
        using var cluster = new Cluster();
        await (await cluster.StartAsync()).DisposeAsync();
        File.Delete(cluster.Data.SettingsFile);
        Assert.Contains("another program’s data directory", await cluster.RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_start_says_why_in_one_line()
    {
        using var cluster = new Cluster();
        await (await cluster.StartAsync()).DisposeAsync();
        await File.AppendAllTextAsync(cluster.Data.In("postgresql.conf"), "shared_buffers = 'many'\n", TestContext.Current.CancellationToken);
        var refusal = await cluster.RefusalAsync();
        Assert.Contains("does not start", refusal, StringComparison.Ordinal);
        Assert.Contains("postgresql.conf", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Timeout=2", "the PostgreSQL at 127.0.0.1:1 cannot be reached")]
    [InlineData("Host=127.0.0.1;Pasword=secret", "is not a connection string")]
    public async Task A_given_server_that_is_not_there_is_one_line(string connection, string said)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:MilleCafes"] = connection }).Build();
        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(
            () => EmbeddedDatabase.StartUnlessGivenAsync(configuration, TextWriter.Null, TestContext.Current.CancellationToken));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_given_server_is_used_and_left_running()
    {
        using var cluster = new Cluster();
        await using var somebodyElses = await cluster.StartAsync();
        var configuration = new ConfigurationBuilder()
            .AddCommandLine(["--connection", somebodyElses.ConnectionString], CommandLine.Switches).Build();
        await using (var database = await EmbeddedDatabase.StartUnlessGivenAsync(configuration, TextWriter.Null, TestContext.Current.CancellationToken))
        {
            Assert.False(database.IsEmbedded);
            Assert.Equal(somebodyElses.ConnectionString, database.ConnectionString);
        }

        Assert.NotNull(cluster.Postmaster);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_starts_nothing()
    {
        using var cluster = new Cluster();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var host = HostProcess.Start("--port", port.ToString(CultureInfo.InvariantCulture), "--data", cluster.Path);
        Assert.Equal(1, await host.ExitAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"mille-cafes: port {port} is in use: end the program that listens there, or choose another with --port", host.Errors);
        Assert.False(Directory.Exists(cluster.Path));
    }
}
