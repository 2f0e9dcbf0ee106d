using System.Collections.Immutable;
using MilleCafes.Host.Platform;

namespace MilleCafes.Host.Access;

/// <summary>What keys can be allowed to do.</summary>
internal static class Scopes
{
    public const string WebhooksManage = "webhooks:manage";
    public const string AccessManage = "access:manage";
    public const string PersonalDataRead = "personal-data:read";

    /// <summary>Everything there is: reading and writing each module, and managing the platform.</summary>
    public static ImmutableArray<string> All(ModuleCatalogue catalogue) =>
    [
        .. catalogue.Modules.Select(module => module.Name).Where(name => name is not ("access" or "webhooks"))
            .SelectMany(name => new[] { $"{name}:read", $"{name}:write" }),
        WebhooksManage, AccessManage, PersonalDataRead,
    ];
}
