using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace MilleCafes.Shared;

/// <summary>Who acts: written into the history of what is changed.</summary>
public sealed class CurrentActor(IHttpContextAccessor accessor)
{
    /// <summary>The id of the key that authenticated the request.</summary>
    public string Id => accessor.HttpContext?.User.FindFirstValue(ClaimTypes.NameIdentifier)
        ?? throw new InvalidOperationException("No authenticated request: only slices behind a key have an actor.");
}
