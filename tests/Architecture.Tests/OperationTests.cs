using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Architecture.Tests.Planted;
using MilleCafes.Host.Access;
using MilleCafes.Host.Platform;
using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class OperationTests(RealApplication application)
{
    private static readonly string[] PlantedScopes = ["doors:read", "doors:write"];

    [Fact]
    public void Every_endpoint_is_opened_by_a_scope_or_openly_anonymous() => Rule.Holds(
        application.Operations, OperationRules.Authorised([.. Scopes.All(application.Services.GetRequiredService<ModuleCatalogue>())]));

    [Fact]
    public void Every_operation_is_named_and_described_in_both_languages() => Rule.Holds(application.Operations, OperationRules.Described);

    [Fact]
    public void Every_operation_declares_its_refusals() => Rule.Holds(application.Documented, OperationRules.Refuses);

    [Fact]
    public void Every_operation_declares_the_refusals_that_its_handler_can_give_and_no_others() =>
        Rule.Holds(RefusalRules.Discover(application.Documented, Product.Code), RefusalRules.Declared);

    [Fact]
    public void Every_request_has_one_endpoint_and_its_validator() => Rule.Holds(application.Operations, OperationRules.Serve(Product.Types));

    [Fact]
    public void Every_module_that_has_slices_has_its_operations_under_its_name() => Assert.Superset(
        SliceRules.Discover(Repository.Sources).Select(slice => slice.File.Path.Split('/')).Where(path => path[0] == "Modules")
            .Select(path => $"/v1/{path[1].ToLowerInvariant()}").ToHashSet(),
        application.Documented.Select(operation => string.Join('/', operation.Path.Split('/')[..3])).ToHashSet());

    [Fact]
    public void Planted_endpoints_that_are_not_closed_are_found() => Rule.Finds(
        PlantedOperations.All, OperationRules.Authorised(PlantedScopes),
        "POST /v1/doors/knocks writes and asks for a scope that reads.",
        "POST /v1/doors/rings asks for the scope doors:everything, which no key can have.",
        "POST /v1/doors/bells is anonymous and asks for a scope.",
        "GET /v1/doors reads and asks for a scope that writes.",
        "GET /v1/windows shows the scope doors:read and does not ask for it.",
        "GET /chimney is neither opened by a scope nor openly anonymous.");

    [Fact]
    public void Planted_operations_that_are_not_described_are_found() => Rule.Finds(
        PlantedOperations.All, OperationRules.Described,
        "POST /v1/doors/rings is not described in both languages.",
        "POST /v1/doors/rings has a note that is not in both languages.",
        "GET /v1/doors has no name.",
        "GET /v1/doors is not described in both languages.",
        "GET /v1/windows is hidden from the document.",
        "Ring is the name of POST /v1/doors/bells and POST /v1/doors/rings.");

    [Fact]
    public void Planted_operations_that_hide_their_refusals_are_found() => Rule.Finds(
        [.. PlantedOperations.All.Where(operation => operation.Documented)], OperationRules.Refuses,
        "POST /v1/doors/knocks can refuse with « Planted.SHOUTED », which is no code.",
        "POST /v1/doors/knocks does not declare that its request can be malformed.",
        "POST /v1/doors/rings declares request.malformed 2 times.",
        "POST /v1/doors/bells declares no refusals.",
        "GET /v1/doors declares no refusals.");

    [Fact]
    public void A_planted_refusal_that_is_given_and_not_declared_is_found_and_the_reverse() => Rule.Finds(
        RefusalRules.Discover(PlantedOperations.All, Product.CodeOf(typeof(PlantedOperations).Assembly, ".Architecture.Tests.Planted")), RefusalRules.Declared,
        "POST /v1/doors/knocks can refuse with planted.locked and does not declare it.",
        "POST /v1/doors/knocks declares Planted.SHOUTED and cannot give it.",
        "POST /v1/doors/knocks declares planted.painted and cannot give it.");

    [Fact]
    public void Planted_requests_without_an_endpoint_or_a_validator_are_found() => Rule.Finds(
        PlantedOperations.All, OperationRules.Serve([typeof(Knock), typeof(Ring), typeof(RingValidator), typeof(Whistle)]),
        "Knock comes with a body or parameters and has no validator.",
        "Ring has 2 endpoints.",
        "Whistle has 0 endpoints.");
}
