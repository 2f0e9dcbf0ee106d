using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Clients;

/// <summary>A client that a request names.</summary>
/// <param name="Kind">The kind that it has to be of.</param>
/// <param name="Pointer">Where the body names it.</param>
internal sealed record NamedClient(Guid Id, HolderKind Kind, string Pointer = "/clientId");

/// <summary>What is known of clients that requests and documents name.</summary>
internal static class NamedClients
{
    /// <summary>The refusal of the first that cannot be asked for anything; null when all can.</summary>
    public static async Task<Error?> WhyNotAsync(this ModuleSession<IRecruitmentStore> session, IReadOnlyList<NamedClient> named, CancellationToken token)
    {
        if (named.Count == 0)
        {
            return null;
        }

        IList<Guid> ids = [.. named.Select(one => one.Id).Distinct()];
        var known = (await session.Query<KnownClient>().Where(client => client.Id.IsOneOf(ids)).ToListAsync(token)).ToDictionary(client => client.Id);
        return named.Select(one => KnownClient.WhyNot(known.GetValueOrDefault(one.Id), one.Kind)?.At(one.Pointer)).FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>Those of them whose keys open something.</summary>
    public static async Task<IReadOnlyList<Guid>> EnabledAsync(this ModuleSession<IRecruitmentStore> session, IEnumerable<Guid> clients, CancellationToken token)
    {
        IList<Guid> ids = [.. clients.Distinct()];
        return ids.Count == 0 ? [] : await session.Query<KnownClient>().Where(client => client.Enabled && client.Id.IsOneOf(ids)).Select(client => client.Id).ToListAsync(token);
    }

    /// <summary>A decision stands unless somebody whom it names cannot be asked.</summary>
    public static Result<T> Unless<T>(this Result<T> decision, Error? refusal) => decision.Then<T>(next => refusal is null ? next : refusal);

    private static Error At(this Error error, string pointer) => error with { Fields = [FieldErrors.UnfitClient(pointer, error.Text)] };
}
