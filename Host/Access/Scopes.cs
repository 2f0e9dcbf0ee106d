using System.Collections.Immutable;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access;

/// <summary>What keys can be allowed to do.</summary>
internal static class Scopes
{
    public const string WebhooksManage = "webhooks:manage";
    public const string AccessManage = "access:manage";

    /// <summary>Every key has it: to read what is known of its own holder.</summary>
    public const string SelfRead = "self:read";

    /// <summary>Everything there is: reading and writing each module, and managing the platform.</summary>
    public static ImmutableArray<string> All(ModuleCatalogue catalogue) =>
    [
        .. catalogue.Modules.Select(module => module.Name).Where(name => name is not ("access" or "webhooks"))
            .SelectMany(name => new[] { $"{name}:read", $"{name}:write" }),
        WebhooksManage, AccessManage, Holder.PersonalDataRead, SelfRead,
    ];
}
