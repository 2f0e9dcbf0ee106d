using System.Text;
using System.Text.Json;
using Marten;
using Marten.Exceptions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

/// <summary>JSON goes from the row to the response as it is stored.</summary>
public sealed class StreamingTests(ThrowawayServer server) : IAsyncLifetime
{
    private const int Longest = 64 * 1024;

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly string _schema = Stores.NewSchema();
    private ServiceProvider _services = null!;
    private IDocumentSession _session = null!;

    public ValueTask InitializeAsync()
    {
        _services = Stores.Open(server, schema: _schema);
        _session = _services.Store().LightweightSession();
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1_000, 100)]
    [InlineData(8, 3_000_000)]
    public async Task Documents_are_streamed_in_order_however_large(int count, int length)
    {
        Cafe[] cafes = [.. Enumerable.Range(0, count).Select(i => new Cafe(Guid.CreateVersion7(), $"« {i} » {new string('é', length)}") { Places = i })];
        await _services.Store().BulkInsertAsync(cafes, cancellation: Token);

        using var sink = new Sink();
        Assert.Equal(count, await _session.Query<Cafe>().OrderByDescending(cafe => cafe.Places).StreamJsonArray(sink, Token));
        var names = JsonDocument.Parse(sink.Text).RootElement.EnumerateArray().Select(cafe => cafe.GetProperty("nom").GetString());
        Assert.Equal(cafes.Reverse().Select(cafe => cafe.Nom), names);
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task No_document_is_held_whole()
    {
        await _services.Store().BulkInsertAsync([.. Enumerable.Range(0, 3).Select(i => new Cafe(Guid.CreateVersion7(), new string('x', 2_000_000)))], cancellation: Token);
        using var sink = new Sink();
        await _session.Query<Cafe>().StreamJsonArray(sink, Token);
        Assert.InRange(sink.LongestWrite, 1, Longest);
    }

    [Fact]
    public async Task A_failure_on_the_way_leaves_no_complete_array()
    {
        Cafe[] cafes = [.. Enumerable.Range(0, 2_000).Select(i => new Cafe(Guid.CreateVersion7(), new string('x', 500)) { Places = i })];
        await _services.Store().BulkInsertAsync(cafes, cancellation: Token);
        _session.QueueSqlCommand($"update {_schema}.mt_doc_cafe set data = jsonb_set(data, '{{places}}', '\"many\"') where id = ?", cafes[^1].Id);
        await _session.SaveChangesAsync(Token);

        using var sink = new Sink();
        await Assert.ThrowsAsync<MartenCommandException>(() =>
            _session.Query<Cafe>().Where(cafe => cafe.Nom.StartsWith('x') && cafe.Places >= 0).StreamJsonArray(sink, Token));
        Assert.StartsWith("[{", sink.Text, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(sink.Text));
        Assert.Equal(cafes[0].Nom, (await _session.LoadAsync<Cafe>(cafes[0].Id, Token))?.Nom);
    }

    [Fact]
    public async Task One_document_is_streamed_or_none()
    {
        var cafe = new Cafe(Guid.CreateVersion7(), new string('é', 100_000));
        _session.Insert(cafe);
        await _session.SaveChangesAsync(Token);
        using var sink = new Sink();
        Assert.True(await _session.Query<Cafe>().Where(known => known.Id == cafe.Id).StreamJsonFirstOrDefault(sink, Token));
        Assert.Equal(cafe.Nom, JsonDocument.Parse(sink.Text).RootElement.GetProperty("nom").GetString());

        using var nothing = new Sink();
        Assert.False(await _session.Query<Cafe>().Where(known => known.Id == Guid.Empty).StreamJsonFirstOrDefault(nothing, Token));
        Assert.Equal("", nothing.Text);
    }

    private sealed class Sink : MemoryStream
    {
        public int LongestWrite { get; private set; }

        public string Text => Encoding.UTF8.GetString(GetBuffer(), 0, (int)Length);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            LongestWrite = Math.Max(LongestWrite, buffer.Length);
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
