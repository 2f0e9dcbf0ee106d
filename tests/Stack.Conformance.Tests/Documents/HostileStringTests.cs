using System.Linq.Expressions;
using Marten;
using Npgsql;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

/// <summary>Strings that would break SQL, JSON or a pattern, in every place where one can come from outside.</summary>
public sealed class HostileStringTests(ThrowawayServer server)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    public static TheoryData<string> Texts =>
    [
        "'; drop schema public cascade; --", "$1", "%' or 1=1 --", "\\'; select pg_sleep(10); --", "\"}\"]::jsonb", "😀\u2028\ufeff{0}", "?", "a%b_c\\d", "$$", "/* --",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Hostile_strings_are_only_strings(string text)
    {
        var schema = Stores.NewSchema();
        await using var services = Stores.Open(server, schema: schema);
        var hostile = new Cafe(Guid.CreateVersion7(), text, new Adresse(text, null)) { Services = [text] };
        await using var session = services.Store().LightweightSession();
        session.Store(hostile, new Cafe(Guid.CreateVersion7(), "autre"));
        session.Store(new Named(text, text), new Named("autre", "x"));
        await session.SaveChangesAsync(Token);

        var cafes = session.Query<Cafe>();
        string[] texts = [text];
        var one = new { Inner = new { Text = text } };
        Expression<Func<Cafe, bool>>[] predicates =
        [
            cafe => cafe.Nom == text,
            cafe => text == cafe.Nom,
            cafe => cafe.Nom == one.Inner.Text,
            cafe => cafe.Nom.Equals(text, StringComparison.OrdinalIgnoreCase),
            cafe => cafe.Nom.StartsWith(text, StringComparison.Ordinal),
            cafe => cafe.Nom.StartsWith(text, StringComparison.OrdinalIgnoreCase),
            cafe => cafe.Nom.EndsWith(text, StringComparison.Ordinal),
            cafe => cafe.Nom.Contains(text, StringComparison.Ordinal),
            cafe => cafe.Nom.Contains(text, StringComparison.OrdinalIgnoreCase),
            cafe => text.Contains(cafe.Nom, StringComparison.Ordinal),
            cafe => cafe.Nom.IsOneOf(texts),
            cafe => texts.Contains(cafe.Nom),
            cafe => cafe.Adresse!.Commune == text,
            cafe => cafe.Services.Contains(text),
            cafe => cafe.Services.Any(service => service == text),
            cafe => cafe.Services.Any(service => texts.Contains(service)),
        ];
        foreach (var predicate in predicates)
        {
            var found = await cafes.Where(predicate).ToListAsync(Token);
            Assert.True(found is [{ Nom: var name }] && name == text, $"{predicate} found {found.Count}");
        }

        var row = await cafes.Where(cafe => cafe.Nom == text).Select(cafe => new { cafe.Nom, Constant = text }).SingleAsync(Token);
        Assert.Equal((text, text), (row.Nom, row.Constant));
        Assert.Equal(text, (await session.LoadAsync<Named>(text, Token))?.Text);
        Assert.Single(await session.LoadManyAsync<Named>(Token, text));

        session.QueueSqlCommand($"update {schema}.mt_doc_cafe set data = jsonb_set(data, '{{nom}}', to_jsonb(?::text)) where data ->> 'nom' = ?", text + text, text);
        await session.SaveChangesAsync(Token);
        Assert.Equal(text + text, (await session.LoadAsync<Cafe>(hostile.Id, Token))?.Nom);

        session.DeleteWhere<Cafe>(cafe => cafe.Adresse!.Commune == text);
        session.Delete<Named>(text);
        await session.SaveChangesAsync(Token);
        Assert.Equal((1, 1), (await cafes.CountAsync(Token), await session.Query<Named>().CountAsync(Token)));
    }

    [Fact]
    public async Task Hostile_names_are_only_names()
    {
        var schema = Stores.NewSchema() + "\"; drop --";
        const string Index = "an \"index\"; drop table x; --";
        await using var services = Stores.Open(server, options => options.Schema.For<Cafe>()
            .Index(cafe => cafe.Nom, index => index.Name = Index).UniqueIndex("l'unique", cafe => cafe.OuvertLe).Duplicate(cafe => cafe.Places), schema);
        await using var session = services.Store().LightweightSession();
        session.Store(new Cafe(Guid.CreateVersion7(), "a") { Places = 3 });
        await session.SaveChangesAsync(Token);
        Assert.Equal("a", (await session.Query<Cafe>().SingleAsync(cafe => cafe.Places == 3 && cafe.OuvertLe == null, Token)).Nom);

        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from pg_indexes where schemaname = $1 and indexname = any($2)");
        command.Parameters.Add(new() { Value = schema });
        command.Parameters.Add(new() { Value = new[] { Index, "l'unique" } });
        Assert.Equal(2L, await command.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task A_name_in_JSON_may_hold_quotes()
    {
        await using var services = Stores.Open(server);
        await using var session = services.Store().LightweightSession();
        session.Store(new Oddly(Guid.CreateVersion7(), "a"), new Oddly(Guid.CreateVersion7(), "b"));
        await session.SaveChangesAsync(Token);
        Assert.Equal("b", (await session.Query<Oddly>().SingleAsync(oddly => oddly.Text == "b", Token)).Text);
    }

    public sealed record Named(string Id, string Text);

    public sealed record Oddly(Guid Id, [property: System.Text.Json.Serialization.JsonPropertyName("it's \"odd\" ? $1")] string Text);
}
