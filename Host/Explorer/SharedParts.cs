using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace MilleCafes.Host.Explorer;

/// <summary>Says once, among the components, what the answers of many operations have in common: headers, examples of refusals, whole refusals.</summary>
/// <remarks>A third of the document is left: browsers read it, and so do people in a review.</remarks>
internal sealed class SharedParts : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var operations = document.Paths.Values.SelectMany(path => path.Operations?.Values.ToArray() ?? []).ToList();
        var answers = operations.SelectMany(operation => operation.Responses ?? []).ToList();
        var written = answers.Select(answer => answer.Value).OfType<OpenApiResponse>().ToList();
        ShareHeaders(document, written);
        ShareExamples(document, [.. written.SelectMany(answer => answer.Content?.Values ?? []).Select(content => content.Examples).OfType<IDictionary<string, IOpenApiExample>>()]);
        foreach (var status in answers.GroupBy(answer => answer.Key, answer => answer.Value))
        {
            // What most operations say; a form of a few would change its name as they come and go
            var forms = status.OfType<OpenApiResponse>().Where(IsMadeOfReferences).GroupBy(FormOf).ToList();
            if (forms.MaxBy(form => form.Count()) is { } usual && usual.Count() > 1 && usual.Count() * 2 > status.Count())
            {
                ShareAnswer(document, operations, status.Key, [.. usual]);
            }
        }

        return Task.CompletedTask;
    }

    private static void ShareHeaders(OpenApiDocument document, List<OpenApiResponse> answers)
    {
        foreach (var headers in answers.Select(answer => answer.Headers).OfType<IDictionary<string, IOpenApiHeader>>())
        {
            foreach (var (name, header) in headers.ToList())
            {
                document.AddComponent(name, header);
                headers[name] = new OpenApiHeaderReference(name, document);
            }
        }
    }

    private static void ShareExamples(OpenApiDocument document, List<IDictionary<string, IOpenApiExample>> contents)
    {
        foreach (var examples in contents.SelectMany(content => content).GroupBy(example => example.Key, example => example.Value))
        {
            // One whose value tells of the operation's own members stays there
            var first = examples.First();
            if (examples.Count() == 1 || examples.Any(example => example.Summary != first.Summary || !JsonNode.DeepEquals(example.Value, first.Value)))
            {
                continue;
            }

            document.AddComponent(examples.Key, first);
            foreach (var content in contents.Where(content => content.ContainsKey(examples.Key)))
            {
                content[examples.Key] = new OpenApiExampleReference(examples.Key, document);
            }
        }
    }

    private static void ShareAnswer(OpenApiDocument document, List<OpenApiOperation> operations, string status, HashSet<IOpenApiResponse> usual)
    {
        var name = ReasonPhrases.GetReasonPhrase(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)).Replace(" ", "", StringComparison.Ordinal);
        document.AddComponent(name, usual.First());
        foreach (var responses in operations.Select(operation => operation.Responses).OfType<OpenApiResponses>().Where(responses => responses.TryGetValue(status, out var answer) && usual.Contains(answer)))
        {
            responses[status] = new OpenApiResponseReference(name, document);
        }
    }

    private static bool IsMadeOfReferences(OpenApiResponse answer) =>
        answer.Content?.Values.All(content => content is { Schema: OpenApiSchemaReference, Example: null } && content.Examples?.Values.All(example => example is OpenApiExampleReference) is true) is not false;

    private static string FormOf(OpenApiResponse answer) => string.Join('\n',
    [
        answer.Description,
        .. answer.Headers?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>(),
        .. (answer.Content ?? new Dictionary<string, OpenApiMediaType>())
            .Select(content => $"{content.Key} {((OpenApiSchemaReference)content.Value.Schema!).Reference.Id} {string.Join(' ', content.Value.Examples!.Keys)}"),
    ]);
}
