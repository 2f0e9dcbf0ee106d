using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class SessionTests
{
    [Fact]
    public void Nobody_leaves_anything_on_a_connection_of_the_pool() => Rule.Holds(
        [.. Repository.Sources, .. Repository.Files("Embedded", "*.cs").Select(path => new SourceFile(path, Repository.Read(path)))], SessionRules.Lasting);

    [Fact]
    public void Planted_statements_that_outlive_their_transaction_are_found() => Rule.Finds(
        [
            new SourceFile("Ghost.cs", """
                "set search_path = ghosts"; "listen wails"; "select pg_advisory_lock(13)"; "create temp table chains (links int)";
                "set local search_path = ghosts"; "select pg_advisory_xact_lock(13)"; "CREATE TEMP TABLE chains ON COMMIT DROP AS select 1"; "update ghosts set chains = $1 where id = $2";
                """),
        ],
        SessionRules.Lasting,
        "Ghost.cs says « set search_path = ghosts »: it outlives its transaction, on a connection that the pool does not reset.",
        "Ghost.cs says « listen  »: it outlives its transaction, on a connection that the pool does not reset.",
        "Ghost.cs says « pg_advisory_lock( »: it outlives its transaction, on a connection that the pool does not reset.",
        "Ghost.cs says « create temp table  »: it outlives its transaction, on a connection that the pool does not reset.");
}
