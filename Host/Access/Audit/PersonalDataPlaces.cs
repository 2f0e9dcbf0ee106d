using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;

namespace MilleCafes.Host.Access.Audit;

/// <summary>Where answers speak of persons; an answer whose person is part of nothing that has an id could not be noted, and stops the start.</summary>
internal sealed class PersonalDataPlaces(IServiceProvider services) : IHostedLifecycleService
{
    // Not the answers' own options, which ask this very question while they learn of a type
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private static readonly ConcurrentDictionary<Type, bool> Speaking = new();

    /// <summary>Whether a type says something of a person, itself or in what it holds.</summary>
    public static bool HasPersons(Type type) => Speaking.GetOrAdd(type, static one => Places(one, false, []).Any());

    /// <summary>The marked members of a type and of what it holds.</summary>
    /// <param name="named">Whether something with an id is around it.</param>
    /// <returns>Each member, and whether something with an id is around it.</returns>
    public static IEnumerable<(string Member, bool Named)> Places(Type type, bool named, HashSet<(Type, bool)> seen)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        named |= PersonalDataFilter.IdOf(type) is not null;
        if (type == typeof(void) || type.IsByRefLike || !seen.Add((type, named)))
        {
            yield break;
        }

        var held = Plain.GetTypeInfo(type);
        foreach (var place in held.ElementType is { } element ? Places(element, named, seen) : [])
        {
            yield return place;
        }

        foreach (var member in held.Kind == JsonTypeInfoKind.Object && type.Namespace?.StartsWith("System", StringComparison.Ordinal) is not true ? held.Properties : [])
        {
            if (PersonalDataFilter.IsPersonal(member))
            {
                yield return ($"{type.Name}.{member.Name}", named);
            }

            foreach (var place in Places(member.PropertyType, named, seen))
            {
                yield return place;
            }
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var answers = services.GetRequiredService<EndpointDataSource>().Endpoints
            .SelectMany(endpoint => endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>())
            .Select(answer => answer.Type).OfType<Type>().Distinct();
        // What one answer holds, another may hold too: it is looked through once
        var seen = new HashSet<(Type, bool)>();
        var lost = answers.SelectMany(answer => Places(answer, false, seen).Where(place => !place.Named).Select(place => $"{place.Member} in {answer.Name}")).ToList();
        return lost.Count == 0
            ? Task.CompletedTask
            : throw new InvalidOperationException($"Personal data that no « Id » around it tells whose they are: {string.Join(", ", lost)}. Nobody could note who read them.");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
