using System.Net;
using System.Reflection;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Explorer;
using MilleCafes.Host.Platform;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

/// <summary>Where the « type » of a problem leads tells enough to go on.</summary>
public sealed class ErrorPageTests(MilleCafesHost host)
{
    private ModuleCatalogue Catalogue => host.Host.Services.GetRequiredService<ModuleCatalogue>();

    [Theory]
    [InlineData("fr", "L&#39;objet n&#39;est plus celui", "Accepter", "Relisez")]
    [InlineData("en", "The object is no longer the one", "Accept", "Read it again")]
    public async Task The_page_of_a_code_tells_what_happened_where_and_what_to_do(string language, string what, string where, string todo)
    {
        var page = WebUtility.HtmlDecode(await PageAsync("/errors/request.precondition_failed", language));

        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains("412", page, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlDecode(what), page, StringComparison.Ordinal);
        Assert.Contains("POST /v1/recruitment/commune-candidatures/{id}/acceptance", page, StringComparison.Ordinal);
        Assert.DoesNotContain("GET /v1/recruitment/commune-candidatures", page, StringComparison.Ordinal);
        Assert.Contains(where, page, StringComparison.Ordinal);
        Assert.Contains(todo, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("internal.fault", "Any operation.")]
    [InlineData("request.method_not_allowed", "No operation")]
    [InlineData("request.rate_exceeded", "Retry-After")]
    [InlineData("access.scope_missing", "/v1/access/me")]
    [InlineData("recruitment.candidature_already_open", "SubmitCommuneCandidature")]
    public async Task A_page_tells_what_is_particular_to_its_code(string code, string said) =>
        Assert.Contains(said, WebUtility.HtmlDecode(await PageAsync($"/errors/{code}", "en")), StringComparison.Ordinal);

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task The_index_leads_anyone_to_the_page_of_every_code(string language)
    {
        var index = await PageAsync("/errors", language);
        var errors = ErrorCatalogue.Discover(Catalogue.Assemblies);

        Assert.NotEmpty(errors);
        foreach (var error in errors.Values)
        {
            Assert.Contains($"href=\"/errors/{error.Code}\"", index, StringComparison.Ordinal);
            Assert.Contains(WebUtility.HtmlEncode(language == "en" ? error.English : error.French), await PageAsync($"/errors/{error.Code}", language), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_code_that_does_not_exist_has_no_page()
    {
        using var answer = await host.Anonymous.AskAsync(HttpMethod.Get, "/errors/request.nothing");
        await answer.ProblemAsync(HttpStatusCode.NotFound, "request.route_unknown");
    }

    [Fact]
    public async Task Every_code_of_a_field_is_in_the_index_and_no_other()
    {
        var (french, english) = (WebUtility.HtmlDecode(await PageAsync("/errors", "fr")), WebUtility.HtmlDecode(await PageAsync("/errors", "en")));
        var used = CodesOfValidators().Concat(CodesOfFieldErrors()).Concat(CodesOfAddresses()).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(used);
        Assert.Equal(used, FieldCodes.All.Select(code => code.Code).Order(StringComparer.Ordinal));
        Assert.All(FieldCodes.All, code =>
        {
            Assert.NotEqual(code.French, code.English);
            Assert.Contains($"id=\"{code.Code}\"", french, StringComparison.Ordinal);
            Assert.Contains(code.French, french, StringComparison.Ordinal);
            Assert.Contains(code.English, english, StringComparison.Ordinal);
        });
    }

    private async Task<string> PageAsync(string address, string language)
    {
        using var answer = await host.Anonymous.AskAsync(HttpMethod.Get, address, ("Accept-Language", language));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private IEnumerable<string> CodesOfValidators() => AssemblyScanner.FindValidatorsInAssemblies(Catalogue.Assemblies, includeInternalTypes: true)
        .SelectMany(found => CodesOf((IValidator)host.Host.Services.GetRequiredService(found.InterfaceType)));

    // The check of an endpoint's address chooses among codes of its own
    private static IEnumerable<string> CodesOf(IValidator validator) =>
        from rule in validator.CreateDescriptor().Rules
        from component in rule.Components
        from code in SliceRules.Within(component.Validator, rule) is { } within ? CodesOf(within)
            : component.Validator.Name == "PredicateValidator" && component.ErrorCode is null && rule.PropertyName == "Url" ? [] : new[] { FieldErrors.CodeOf(component.ErrorCode ?? component.Validator.Name) }
        select code;

    private static IEnumerable<string> CodesOfFieldErrors() => typeof(FieldErrors).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.ReturnType == typeof(FieldError))
        .Select(method => (FieldError)method.Invoke(null, [.. method.GetParameters().Select(parameter => parameter.ParameterType == typeof(string) ? (object)"/x" : parameter.ParameterType == typeof(Type) ? typeof(int) : Array.Empty<string>())])!)
        .Select(error => error.Code);

    private static IEnumerable<string> CodesOfAddresses() => new[] { "x", "ftp://a.example/", "https://a:b@a.example/", "https://127.0.0.1/" }
        .Select(url => EndpointAddress.Check(url, allowLoopback: false)!.Value.Code);
}
