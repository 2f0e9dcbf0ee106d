using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.RegularExpressions;
using Marten;
using Marten.Exceptions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

/// <summary>What has no faithful translation is refused by name: every operator of LINQ and every method of strings is either compared with memory or here.</summary>
public sealed class RefusedTests(ThrowawayServer server) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private ServiceProvider _services = null!;
    private IQuerySession _session = null!;

    public ValueTask InitializeAsync()
    {
        _services = Stores.Open(server);
        _session = _services.Store().QuerySession();
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static readonly Dictionary<string, Func<IQueryable<Cafe>, IQueryable>> Refused = new()
    {
        ["Obscure"] = cafes => cafes.Where(cafe => Obscure(cafe.Nom)),
        ["Reverse"] = cafes => cafes.Reverse(),
        ["TakeWhile"] = cafes => cafes.TakeWhile(cafe => cafe.Places < 3),
    };

    private static readonly Dictionary<string, Func<IQueryable<Cafe>, IQueryable>> RefusedByEmbedded = new()
    {
        ["Length"] = cafes => cafes.Where(cafe => cafe.Nom.Length > 3),
        ["Places + 1"] = cafes => cafes.Where(cafe => cafe.Places + 1 > 3),
        ["Places - 1"] = cafes => cafes.Where(cafe => cafe.Places - 1 > 3),
        ["Places * 2"] = cafes => cafes.Where(cafe => cafe.Places * 2 == 4),
        ["Places / 2"] = cafes => cafes.Where(cafe => cafe.Places / 2 == 4),
        ["Places % 2"] = cafes => cafes.Where(cafe => cafe.Places % 2 == 0),
        ["Places & 1"] = cafes => cafes.Where(cafe => (cafe.Places & 1) == 0),
        ["-cafe.Places"] = cafes => cafes.Where(cafe => -cafe.Places == 0),
        ["Places, Byte"] = cafes => cafes.Where(cafe => (byte)cafe.Places == 0),
        ["^"] = cafes => cafes.Where(cafe => (cafe.Places == 1) ^ (cafe.Nom == "")),
        ["??"] = cafes => cafes.Where(cafe => (cafe.Adresse!.Numero ?? 3) == 3),
        ["IIF"] = cafes => cafes.Where(cafe => (cafe.Places > 3 ? cafe.Nom : "") == "a"),
        ["Year"] = cafes => cafes.Where(cafe => cafe.OuvertLe!.Value.Year == 2023),
        ["AddDays"] = cafes => cafes.Where(cafe => cafe.OuvertLe!.Value.AddDays(1) > DateTimeOffset.UnixEpoch),
        ["Ouverture"] = cafes => cafes.Where(cafe => cafe.Ouverture > Ouverture.Projet),
        ["HasFlag"] = cafes => cafes.Where(cafe => cafe.Ouverture.HasFlag(Ouverture.Ouvert)),
        ["ToString"] = cafes => cafes.Where(cafe => cafe.Places.ToString(CultureInfo.InvariantCulture) == "3"),
        ["GetValueOrDefault"] = cafes => cafes.Where(cafe => cafe.Adresse!.Numero.GetValueOrDefault() == 3),
        ["Abs"] = cafes => cafes.Where(cafe => Math.Abs(cafe.Places) == 3),
        ["IsMatch"] = cafes => cafes.Where(cafe => Regex.IsMatch(cafe.Nom, "a")),
        ["Compare"] = cafes => cafes.Where(cafe => string.Compare(cafe.Nom, "a", StringComparison.Ordinal) > 0),
        ["Concat"] = cafes => cafes.Where(cafe => string.Concat(cafe.Nom, "a") == "aa"),
        ["get_Item(0)"] = cafes => cafes.Where(cafe => cafe.Services[0] == "a"),
        ["get_Chars(0)"] = cafes => cafes.Where(cafe => cafe.Nom[0] == 'a'),
        ["new Adresse"] = cafes => cafes.Where(cafe => cafe.Adresse == new Adresse(cafe.Nom, 3)),
        ["Is"] = cafes => cafes.Where(cafe => (object)cafe is Adresse),
        ["Adresse against Adresse"] = cafes => cafes.Where(cafe => cafe.Adresse == cafe.Adresse),
        ["Services"] = cafes => cafes.Where(cafe => cafe.Services == cafe.Services),
        ["Where here"] = cafes => cafes.Take(3).Where(cafe => cafe.Places == 1),
        ["OrderBy here"] = cafes => cafes.Take(3).OrderBy(cafe => cafe.Places),
        ["Skip here"] = cafes => cafes.Take(3).Skip(1),
        ["cafe.Services"] = cafes => cafes.OrderBy(cafe => cafe.Services),
        ["+"] = cafes => cafes.Select(cafe => cafe.Nom + "!"),
        ["Trim"] = cafes => cafes.Select(cafe => new { Nom = cafe.Nom.Trim() }),
        ["Select here"] = cafes => cafes.Select(cafe => cafe.Nom).Select(nom => nom),
    };

    public static TheoryData<string> Everywhere => [.. Refused.Keys];

    public static TheoryData<string> HereOnly => [.. RefusedByEmbedded.Keys];

    [Theory]
    [MemberData(nameof(Everywhere))]
    public Task What_SQL_cannot_say_is_refused_by_name(string name) => AssertRefusedAsync(Refused[name](_session.Query<Cafe>()), name.Split(' ')[0]);

    /// <summary>The published store knows some of these; the embedded one must say so rather than answer wrongly.</summary>
    [Theory]
    [Trait("Stack", "Embedded")]
    [MemberData(nameof(HereOnly))]
    public Task What_the_embedded_store_lacks_is_refused_by_name(string name) =>
        AssertRefusedAsync(RefusedByEmbedded[name](_session.Query<Cafe>()), name.Split(' ')[0]);

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task Every_operator_of_Queryable_is_supported_or_refused_by_name()
    {
        var refused = new HashSet<string>();
        foreach (var method in typeof(Queryable).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name != nameof(Queryable.AsQueryable)))
        {
            var call = Expression.Call(Closed(method), [.. Closed(method).GetParameters().Select(parameter => Argument(parameter.ParameterType, null))]);
            if (IsSupported(method))
            {
                continue;
            }

            refused.Add(method.Name);
            if (typeof(IQueryable).IsAssignableFrom(call.Type))
            {
                await AssertRefusedAsync(Queried(call), method.Name);
            }
            else
            {
                Assert.Throws<NotSupportedException>(() => _session.Query<Cafe>().Provider.Execute<object>(call));
            }
        }

        Assert.Empty(((string[])["Distinct", "GroupBy", "Join", "SelectMany", "Reverse", "Last", "TakeWhile", "Union", "Zip", "Aggregate"]).Except(refused));
        Assert.True(refused.Count > 40, $"only {refused.Count} operators were found");
    }

    /// <summary>Inside a predicate: over a collection, over a text, over a value.</summary>
    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task Every_method_in_a_predicate_is_supported_or_refused_by_name()
    {
        string[] supported = ["op_Equality", "Any", "All", "Contains", "Count", "Equals", "EndsWith", "StartsWith", "IsNullOrEmpty", "ToLower", "ToLowerInvariant", "ToUpper", "ToUpperInvariant"];
        var cafe = Expression.Parameter(typeof(Cafe), "cafe");
        var (services, name) = (Expression.Property(cafe, nameof(Cafe.Services)), Expression.Property(cafe, nameof(Cafe.Nom)));
        var found = 0;
        foreach (var method in typeof(Enumerable).GetMethods(BindingFlags.Public | BindingFlags.Static).Concat(typeof(string).GetMethods())
            .Where(method => !supported.Contains(method.Name) && method.GetParameters() is var all && (method.DeclaringType == typeof(string) || all.Length > 0)))
        {
            var closed = Closed(method, typeof(string));
            var document = (Expression)(method.DeclaringType == typeof(string) ? name : services);
            if (closed.ReturnType == typeof(void) || closed.ReturnType.IsByRefLike || closed.ReturnType.IsPointer || closed.ReturnType.IsByRef
                || closed.GetParameters().Any(parameter => parameter.ParameterType.IsByRefLike || parameter.ParameterType.IsByRef || parameter.ParameterType.IsPointer)
                || (method.IsStatic && !closed.GetParameters().Any(parameter => parameter.ParameterType.IsAssignableFrom(document.Type))))
            {
                continue;
            }

            var given = false;
            var arguments = closed.GetParameters().Select(parameter =>
            {
                var isDocument = method.IsStatic && !given && parameter.ParameterType.IsAssignableFrom(document.Type);
                given |= isDocument;
                return isDocument ? Expression.Convert(document, parameter.ParameterType) : Argument(parameter.ParameterType, typeof(string));
            }).ToArray();
            var call = Expression.Call(method.IsStatic ? null : name, closed, arguments);
            var predicate = closed.ReturnType == typeof(bool)
                ? (Expression)call
                : Expression.NotEqual(Expression.Convert(call, typeof(object)), Expression.Constant(null));
            await AssertRefusedAsync(_session.Query<Cafe>().Where(Expression.Lambda<Func<Cafe, bool>>(predicate, cafe)), method.Name);
            found++;
        }

        Assert.True(found > 150, $"only {found} methods were found");
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task What_the_JSON_does_not_hold_is_not_searched()
    {
        await AssertRefusedAsync(_session.Query<Carton>().Where(carton => carton.Notes.Count > 0), "Count");
        await AssertRefusedAsync(_session.Query<Carton>().Where(carton => carton.Image.Contains((byte)1)), nameof(Carton.Image));
        await AssertRefusedAsync(_session.Query<Carton>().Where(carton => carton.Hidden == "a"), nameof(Carton.Hidden));
        await AssertRefusedAsync(_session.Query<Carton>().Where(carton => carton.Sparse == 0), nameof(Carton.Sparse));
        await AssertRefusedAsync(_session.Query<Carton>().Where(carton => carton.Numbered == Ouverture.Ouvert), nameof(Carton.Numbered));
        await AssertRefusedAsync(_session.Query<Carton>().Where(carton => carton.Tiny == 0), nameof(Carton.Tiny));
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task Values_left_out_of_the_JSON_when_they_are_zero_are_not_searched()
    {
        await using var services = Stores.Open(server, options => options.UseSystemTextJsonForSerialization(configure: json =>
            json.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault));
        await using var session = services.Store().LightweightSession();
        var cafe = new Cafe(Guid.CreateVersion7(), "a");
        session.Store(cafe);
        await session.SaveChangesAsync(Token);
        await AssertRefusedAsync(session.Query<Cafe>().Where(known => known.Places == 0), nameof(Cafe.Places));
        Assert.Equal(1, await session.Query<Cafe>().CountAsync(known => known.Id == cafe.Id && known.Nom == "a" && known.OuvertLe == null, Token));
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task Values_that_compare_in_their_own_way_are_refused()
    {
        var (ignoring, sorted, own) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "abc" }, new SortedSet<string> { "abc" }, new Own { "abc" });
        var hidden = new { Values = (ICollection<string>)ignoring };
        await AssertRefusedAsync(_session.Query<Cafe>().Where(cafe => ignoring.Contains(cafe.Nom)), "Contains");
        await AssertRefusedAsync(_session.Query<Cafe>().Where(cafe => hidden.Values.Contains(cafe.Nom)), "Contains");
        await AssertRefusedAsync(_session.Query<Cafe>().Where(cafe => Enumerable.Contains(hidden.Values, cafe.Nom)), "Contains");
        await AssertRefusedAsync(_session.Query<Cafe>().Where(cafe => sorted.Contains(cafe.Nom)), "Contains");
        await AssertRefusedAsync(_session.Query<Cafe>().Where(cafe => own.Contains(cafe.Nom)), "Contains");
    }

    [Fact]
    public async Task A_foreign_query_is_refused() =>
        await Assert.ThrowsAnyAsync<Exception>(() => new[] { 1 }.AsQueryable().ToListAsync(Token));

    private static async Task AssertRefusedAsync(IQueryable query, string name)
    {
        var list = typeof(RefusedTests).GetMethod(nameof(ListAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(query.ElementType);
        try
        {
            await (Task)list.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [query], null)!;
        }
        catch (BadLinqExpressionException failure)
        {
            Assert.Contains(name, failure.Message, StringComparison.Ordinal);
            return;
        }
        catch (Exception failure)
        {
            Assert.Fail($"{query.Expression} gave {failure}");
        }

        Assert.Fail($"{query.Expression} was answered");
    }

    private static Task<IReadOnlyList<T>> ListAsync<T>(IQueryable<T> query) => query.ToListAsync(Token);

    private static bool IsSupported(MethodInfo method) => method.Name is "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending"
            or "Select" or "Skip" or "Take"
        && method.GetParameters() is [_, { ParameterType: var type }]
        && (type == typeof(int) || (type.IsGenericType && type.GetGenericArguments()[0] is { IsGenericType: true } function && function.GetGenericArguments().Length == 2));

    private IQueryable Queried(Expression call)
    {
        var type = call.Type.GetInterfaces().Append(call.Type).First(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IQueryable<>));
        return (IQueryable)typeof(IQueryProvider).GetMethods().Single(method => method is { Name: "CreateQuery", IsGenericMethod: true })
            .MakeGenericMethod(type.GetGenericArguments()[0]).Invoke(_session.Query<Cafe>().Provider, [call])!;
    }

    private static MethodInfo Closed(MethodInfo method, Type? element = null) => method.IsGenericMethodDefinition
        ? method.MakeGenericMethod([.. method.GetGenericArguments().Select(argument =>
            argument.GetGenericParameterConstraints().Length > 0 ? typeof(int) : element ?? (argument.Name == "TKey" ? typeof(int) : typeof(Cafe)))])
        : method;

    /// <summary>Something of the type that a parameter asks for; the query itself where a source is wanted.</summary>
    private Expression Argument(Type type, Type? element)
    {
        if (element is null && typeof(IQueryable).IsAssignableFrom(type))
        {
            var query = _session.Query<Cafe>().Expression;
            return type.IsAssignableFrom(query.Type) ? query : Expression.Convert(query, type);
        }

        var function = typeof(Expression).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : type;
        if (typeof(Delegate).IsAssignableFrom(function) && function.GetMethod("Invoke") is { } invoke)
        {
            var parameters = invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType, parameter.Name)).ToArray();
            var lambda = Expression.Lambda(function, Expression.Default(invoke.ReturnType), parameters);
            return function == type ? lambda : Expression.Quote(lambda);
        }

        return Expression.Constant(type.IsValueType ? Activator.CreateInstance(type) : null, type);
    }

    private static bool Obscure(string text) => text.Length > 3;

    private sealed class Own : List<string>
    {
        public new bool Contains(string text) => !base.Contains(text);
    }

    private sealed record Carton(Guid Id, Dictionary<string, string> Notes, byte[] Image)
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public string Hidden => "";

        [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
        public int Sparse { get; init; }

        [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonNumberEnumConverter<Ouverture>))]
        public Ouverture Numbered { get; init; }

        public sbyte Tiny { get; init; }
    }
}
