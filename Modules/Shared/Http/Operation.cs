using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace MilleCafes.Shared;

/// <summary>What the API's document says of an operation, in each language.</summary>
public sealed record OperationText(string French, string English);

/// <summary>The longer text below an operation's summary.</summary>
public sealed record OperationNote(string French, string English);

/// <summary>The refusals an operation can give besides those of every operation.</summary>
public sealed record OperationRefusals(IReadOnlyList<Error> Errors);

/// <summary>The scope a key must have.</summary>
public sealed record OperationScope(string Scope);

/// <summary>The kinds of holder it is for; all of them when none is named.</summary>
public sealed record OperationHolders(IReadOnlyList<HolderKind> Kinds);

/// <summary>An answer of another form than the operation's own, such as one that a standard prescribes.</summary>
/// <param name="Write">The answer to an error in that form; null when the error has it not.</param>
public sealed record OperationAlternative(int Status, Type Form, Func<Error, NamedRefusal?> Write);

/// <summary>A refusal in another form, and the name it has there.</summary>
public sealed record NamedRefusal(string Name, object Content);

/// <summary>What every endpoint says of itself; the architecture tests refuse one that does not.</summary>
public static class OperationConventions
{
    /// <summary>Names the operation after its slice and says in a few words what it does.</summary>
    public static TBuilder Described<TBuilder>(this TBuilder endpoint, string name, string french, string english)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithName(name).WithMetadata(new OperationText(french, english)).Shown();

    /// <summary>Adds what a caller should know before calling.</summary>
    public static TBuilder Noted<TBuilder>(this TBuilder endpoint, string french, string english)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OperationNote(french, english));

    /// <summary>Lists every refusal of its own that the operation can give.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params Error[] errors)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OperationRefusals(errors));

    /// <summary>Opens the operation to keys that have <paramref name="scope"/>, of holders of these kinds; of any kind when none is named.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope, params HolderKind[] kinds)
        where TBuilder : IEndpointConventionBuilder => endpoint
            .RequireAuthorization(policy =>
            {
                policy.RequireAuthenticatedUser().RequireClaim("scope", scope);
                if (kinds.Length > 0)
                {
                    policy.RequireClaim("kind", kinds.Select(kind => kind.ToString()));
                }
            })
            .WithMetadata(new OperationScope(scope), new OperationHolders(kinds));

    /// <summary>Says that a status comes in this form too.</summary>
    public static TBuilder AlsoAnswers<TBuilder>(this TBuilder endpoint, int status, Type form, Func<Error, NamedRefusal?> write)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OperationAlternative(status, form, write));

    // Logs, traces and metrics write a route as the document does: « {id} », not « {id:guid} »
    private static TBuilder Shown<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Finally(built =>
        {
            if (built is RouteEndpointBuilder { RoutePattern: var route })
            {
                built.Metadata.Add(new ShownRoute("/" + string.Join('/', route.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Write))))));
            }
        });
        return endpoint;

        static string Write(RoutePatternPart part) => part switch
        {
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => "",
        };
    }

    private sealed record ShownRoute(string Route) : IRouteDiagnosticsMetadata;

    /// <summary>Says what a success looks like.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) => endpoint.Produces<T>(status);
}
