using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MilleCafes.Host.Webhooks.Events;

namespace MilleCafes.Host.Explorer;

/// <summary>What subscribers receive: one webhook per type of event in the catalogue, with the schema of its body.</summary>
internal sealed class WebhookTexts(DocumentLanguage language) : IOpenApiDocumentTransformer
{
    private const string ThinFrench = "Les identifiants, et où lire le reste : pour les abonnements au format `thin`, et pour tous quand l'événement dépasserait 20 ko.";
    private const string ThinEnglish = "The ids, and where to read the rest: for subscriptions of the format `thin`, and for all when the event would be longer than 20 kB.";
    private const string WebhookId = "msg_018746215a807c3b9d5e8f1a2b3c4d5e";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Webhooks = new Dictionary<string, IOpenApiPathItem>();
        foreach (var type in EventCatalogue.Types.OrderBy(type => Tags.Rank(PathOf(type))).ThenBy(type => type.Name, StringComparer.Ordinal))
        {
            document.AddComponent(type.Message.Name, await context.GetOrCreateSchemaAsync(type.Message, null, cancellationToken));
            var full = new OpenApiSchemaReference(type.Message.Name, document);
            document.AddComponent(ThinOf(type), Thin(type, SchemaTexts.Concrete(full)!));
            document.AddComponent(EnvelopeOf(type), Envelope(type, [full, new OpenApiSchemaReference(ThinOf(type), document)]));
            document.Webhooks[type.Name] = new OpenApiPathItem { Operations = new() { [HttpMethod.Post] = Delivery(type, document) } };
        }
    }

    /// <summary>Where an event would live if it were an operation: it is grouped with those of its module.</summary>
    public static string PathOf(WebhookEventType type) => $"v1/{type.Name.Replace('.', '/')}";

    private static string EnvelopeOf(WebhookEventType type) => $"{type.Message.Name}Event";

    private static string ThinOf(WebhookEventType type) => $"{type.Message.Name}Thin";

    private OpenApiSchema Envelope(WebhookEventType type, List<IOpenApiSchema> forms) => new()
    {
        Type = JsonSchemaType.Object,
        Description = language.Choose(type.French, type.English),
        Required = new HashSet<string> { "type", "timestamp", "data" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [type.Name],
                Description = language.Choose("Type de l'événement", "Type of the event"),
            },
            ["timestamp"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Format = "date-time",
                Description = language.Choose("Quand c'est arrivé", "When it happened"),
            },
            ["data"] = new OpenApiSchema { OneOf = forms, Description = language.Choose("Ce qui est arrivé", "What happened") },
        },
    };

    private OpenApiSchema Thin(WebhookEventType type, OpenApiSchema whole)
    {
        var members = whole.Properties!.Where(member => WebhookBody.IsId(member.Key))
            .ToDictionary(member => member.Key, IOpenApiSchema (member) => Text(member.Key, member.Value.Format));
        var link = Text("link", null);
        link.Examples = [type.Link ?? $"{type.Collection}/{Examples.OtherId(members.Keys.First())}"];
        members["link"] = link;
        return new()
        {
            Type = JsonSchemaType.Object,
            Description = language.Choose(ThinFrench, ThinEnglish),
            Required = members.Keys.ToHashSet(),
            Properties = members,
        };
    }

    private OpenApiSchema Text(string member, string? format) =>
        new() { Type = JsonSchemaType.String, Format = format, Description = language.Choose(EventTexts.Of(member)) };

    private Dictionary<string, IOpenApiExample> Forms() => new()
    {
        ["full"] = new OpenApiExample { Summary = language.Choose("Événement entier", "Whole event") },
        ["thin"] = new OpenApiExample { Summary = language.Choose("Événement réduit", "Thin event") },
    };

    private OpenApiOperation Delivery(WebhookEventType type, OpenApiDocument document) => new()
    {
        OperationId = $"Receive{type.Message.Name}",
        Summary = language.Choose(type.French, type.English),
        Description = language.Choose(
            "Envoyé à chaque abonnement qui demande ce type, signé selon Standard Webhooks, au moins une fois et sans ordre promis.",
            "Sent to each subscription that asks for this type, signed after Standard Webhooks, at least once and in no promised order."),
        Security = [],
        Tags = Tags.Of(PathOf(type)) is { } tag ? new HashSet<OpenApiTagReference> { new(language.Choose(tag.French, tag.English), document) } : null,
        Parameters =
        [
            Header("webhook-id", language.Choose("Le même à chaque essai", "The same at each attempt"), JsonSchemaType.String, WebhookId),
            Header("webhook-timestamp", language.Choose("Instant de l'envoi, en secondes depuis 1970", "When it was sent, in seconds since 1970"), JsonSchemaType.Integer, 1_681_720_200),
            Header("webhook-signature", language.Choose("Une ou plusieurs signatures, séparées par des espaces", "One or more signatures, separated by spaces"), JsonSchemaType.String, Signature),
        ],
        RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(EnvelopeOf(type), document),
                    Examples = Forms(),
                },
            },
        },
        Responses = new()
        {
            ["2XX"] = new OpenApiResponse { Description = language.Choose("Reçu : à répondre en moins de 15 secondes", "Received: to be answered within 15 seconds") },
            ["410"] = new OpenApiResponse { Description = language.Choose("Plus jamais : l'abonnement est suspendu", "Never again: the subscription is disabled") },
        },
    };

    private static OpenApiParameter Header(string name, string description, JsonSchemaType type, JsonNode example) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = true,
        Description = description,
        Schema = new OpenApiSchema { Type = type },
        Example = example,
    };
}
