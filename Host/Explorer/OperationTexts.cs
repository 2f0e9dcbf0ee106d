using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>Says of each operation what its slice says of it, in one language.</summary>
internal sealed class OperationTexts(DocumentLanguage language) : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var description = context.Description;
        var metadata = description.ActionDescriptor.EndpointMetadata;
        var scope = metadata.OfType<OperationScope>().LastOrDefault();
        if (metadata.OfType<OperationText>().LastOrDefault() is { } text)
        {
            operation.Summary = language.Choose(text.French, text.English);
        }

        var note = metadata.OfType<OperationNote>().LastOrDefault();
        operation.Description = string.Join("\n\n", new[]
        {
            note is null ? null : language.Choose(note.French, note.English),
            Security.Note(scope, metadata.OfType<OperationHolders>().LastOrDefault(), language),
        }.OfType<string>());
        operation.Security = Security.Require(scope, context.Document, context.ApplicationServices);
        if (Tags.Of(description.RelativePath) is { } tag)
        {
            operation.Tags = new HashSet<OpenApiTagReference> { new(language.Choose(tag.French, tag.English), context.Document) };
        }

        DescribeParameters(operation, description, context.ApplicationServices);
        DescribeResponses(operation, description, context);
        await DescribeOtherRefusalsAsync(operation, context, cancellationToken);
    }

    private void DescribeParameters(OpenApiOperation operation, ApiDescription description, IServiceProvider services)
    {
        var (rules, time) = (services.GetRequiredService<SliceRules>(), services.GetRequiredService<TimeProvider>());
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            var described = DescribedAs(description, parameter.Name);
            if (parameter.In == ParameterLocation.Query)
            {
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            }

            parameter.Description = language.Choose(described) ?? language.Choose("L'identifiant donné par l'API", "The id that the API gave");
            if (parameter.Schema is OpenApiSchema schema)
            {
                schema.Description = null;
                schema.Default = null;
                parameter.Required |= rules.Constrain(schema, operation.OperationId, parameter.Name!);
            }

            Examples.Write(parameter, described, language, time);
        }

        if (operation.RequestBody is OpenApiRequestBody body)
        {
            body.Description = null;
        }
    }

    private static DescribedAttribute? DescribedAs(ApiDescription operation, string? name) => operation.ParameterDescriptions
        .Where(parameter => parameter.Name == name)
        .Select(parameter => parameter.ParameterDescriptor).OfType<IParameterInfoParameterDescriptor>()
        .SelectMany(descriptor => descriptor.ParameterInfo.GetCustomAttributes(typeof(DescribedAttribute), inherit: false))
        .OfType<DescribedAttribute>().FirstOrDefault();

    private void DescribeResponses(OpenApiOperation operation, ApiDescription description, OpenApiOperationTransformerContext context)
    {
        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var refusals = Refusals.Of(description).ToDictionary(group => group.Key);
        foreach (var (code, response) in operation.Responses?.ToList() ?? [])
        {
            var status = int.Parse(code, System.Globalization.CultureInfo.InvariantCulture);
            ((OpenApiResponse)response).Headers = DocumentedHeaders.Of(status, description, language);
            if (!refusals.TryGetValue(status, out var errors))
            {
                response.Description = Success(status, description);
                continue;
            }

            response.Description = ProblemExamples.Describe(status, errors, language);
            foreach (var problem in response.Content?.Values ?? [])
            {
                problem.Schema = new OpenApiSchemaReference(nameof(ProblemDocument), context.Document);
                problem.Examples = ProblemExamples.Of(status, errors, description, language, json);
            }
        }
    }

    // A standard may want refusals of its own form, as OAuth's does, beside the problems that every operation gives
    private async Task DescribeOtherRefusalsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken token)
    {
        foreach (var (status, type, write) in context.Description.ActionDescriptor.EndpointMetadata.OfType<OperationAlternative>())
        {
            if (operation.Responses?.GetValueOrDefault($"{status}") is OpenApiResponse { Content: { } forms })
            {
                context.Document!.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, token));
                forms["application/json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(type.Name, context.Document),
                    Examples = ProblemExamples.Of(status, context.Description, write, language, context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions),
                };
            }
        }
    }

    private string Success(int status, ApiDescription description) => status switch
    {
        StatusCodes.Status201Created => language.Choose("Créé ; `Location` dit où le relire", "Created; `Location` tells where to read it"),
        StatusCodes.Status202Accepted when !DocumentedHeaders.IsFollowed(description) => language.Choose("Accepté ; la suite se passe ailleurs", "Accepted; what follows happens elsewhere"),
        StatusCodes.Status202Accepted => language.Choose("Accepté, et en cours ; `Location` dit où le suivre", "Accepted, and under way; `Location` tells where to follow it"),
        StatusCodes.Status204NoContent => language.Choose("Fait, il n'y a rien à ajouter", "Done, there is nothing to add"),
        _ => language.Choose("Réponse", "Answer"),
    };
}
