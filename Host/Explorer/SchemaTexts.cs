using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>Says of each member what its record says of it, and what its slice's validator asks of it.</summary>
internal sealed class SchemaTexts(DocumentLanguage language, ComponentTypes components) : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        document.Components!.Schemas = schemas.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToDictionary();
        foreach (var (name, schema) in document.Components.Schemas)
        {
            if (schema is OpenApiSchema concrete && components.TypeOf(name) is { } type)
            {
                Describe(concrete, type, context.ApplicationServices.GetRequiredService<TimeProvider>());
            }
        }

        var rules = context.ApplicationServices.GetRequiredService<SliceRules>();
        foreach (var operation in OperationsOf(document.Paths.Values))
        {
            foreach (var body in operation.RequestBody?.Content?.Values ?? [])
            {
                var bare = body.Schema is { } schema ? WithoutNull(schema) : null;
                // A body that may stay away may also be « null »
                body.Schema = operation.RequestBody!.Required ? bare : body.Schema;
                Restrict(bare, rules.Of(operation.OperationId));
            }
        }

        var examples = new Examples(language, components, context.ApplicationServices.GetRequiredService<TimeProvider>());
        foreach (var operation in OperationsOf(document.Paths.Values).Concat(OperationsOf(document.Webhooks?.Values ?? [])))
        {
            examples.Write(operation);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<OpenApiOperation> OperationsOf(IEnumerable<IOpenApiPathItem> paths) =>
        paths.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>());

    private void Describe(OpenApiSchema schema, JsonTypeInfo type, TimeProvider time)
    {
        schema.Description = language.Choose(type.Type.GetCustomAttributes(typeof(DescribedAttribute), inherit: false).OfType<DescribedAttribute>().FirstOrDefault())
            ?? EventTexts.Of(type.Type, language);
        schema.AdditionalPropertiesAllowed = true;
        if (schema.Enum is { Count: > 0 } values)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. values.Where(value => value is not null && value.GetValueKind() != JsonValueKind.Null)];
        }

        if (schema.Properties is not { Count: > 0 } properties)
        {
            return;
        }

        schema.Required = type.Properties.Where(property => IsAlwaysWritten(property) && !IsPersonal(property)).Select(property => property.Name).Where(properties.ContainsKey).ToHashSet();
        foreach (var property in type.Properties.Where(property => properties.ContainsKey(property.Name)))
        {
            var described = DescribedAs(property);
            if (properties[property.Name] is OpenApiSchemaReference value && Nullable.GetUnderlyingType(property.PropertyType) is not null)
            {
                properties[property.Name] = new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, value] };
            }

            if (property.PropertyType == typeof(JsonElement?))
            {
                // Any value there is, null included
                properties[property.Name] = new OpenApiSchema();
            }

            properties[property.Name].Description = language.Choose(described);
            if (properties[property.Name] is OpenApiSchema member)
            {
                member.Default = null;
                ChoiceLists.Complete(member, property.PropertyType);
                member.Examples = Examples.Parse(described, language, time) is { } example ? [example] : null;
                member.Type &= IsAlwaysWritten(property) ? member.Type : ~JsonSchemaType.Null;
                member.Enum = member is { Enum: { } choices, Type: { } kinds } && kinds.HasFlag(JsonSchemaType.Null) ? [.. choices, JsonNullSentinel.JsonNull] : member.Enum;
            }
        }
    }

    internal static DescribedAttribute? DescribedAs(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(DescribedAttribute), inherit: false).OfType<DescribedAttribute>().FirstOrDefault()
        ?? EventTexts.Of(property);

    private static bool IsAlwaysWritten(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false).Length is not > 0;

    // Left out of the answers to those who may not read it
    private static bool IsPersonal(JsonPropertyInfo property) => property.AttributeProvider?.IsDefined(typeof(PersonalDataAttribute), inherit: false) is true;

    /// <summary>A request takes nothing but its members, and asks for those that its validator asks for.</summary>
    private static void Restrict(IOpenApiSchema? reference, IEnumerable<IValidator> validators)
    {
        if (Concrete(reference) is not { } schema || schema.Type is not { } type || !type.HasFlag(JsonSchemaType.Object))
        {
            return;
        }

        var properties = schema.Properties ?? new Dictionary<string, IOpenApiSchema>();
        var checks = validators.SelectMany(SliceRules.ChecksOf).Where(check => properties.ContainsKey(check.Member)).ToLookup(check => check.Member);
        schema.AdditionalPropertiesAllowed = false;
        schema.Required = properties.Keys.Where(name => checks[name].Any(Constraints.Requires)).ToHashSet();
        foreach (var name in properties.Keys.ToList())
        {
            var required = schema.Required.Contains(name);
            properties[name] = required ? WithoutNull(properties[name]) : properties[name];
            foreach (var check in checks[name])
            {
                var target = check.Each ? properties[name].Items : properties[name];
                if (target is OpenApiSchema member)
                {
                    Constraints.Write(member, check.Check);
                }
            }

            var within = WithoutNull(properties[name]);
            Restrict(within.Items ?? within, checks[name].Select(check => check.Within).OfType<IValidator>());
        }
    }

    // A nullable object is written as « null, or the object »
    internal static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema.OneOf is not { Count: 2 } choices || choices.FirstOrDefault(choice => choice.Type != JsonSchemaType.Null) is not { } one)
        {
            return schema;
        }

        one.Description = schema.Description;
        return one;
    }

    internal static OpenApiSchema? Concrete(IOpenApiSchema? schema) => schema switch
    {
        OpenApiSchemaReference reference => reference.RecursiveTarget as OpenApiSchema,
        _ => schema as OpenApiSchema,
    };
}
