using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class SliceTests
{
    // Planted as text, so that no file of the repository is a bad example
    private const string Request = "/// <summary>Opens.</summary>\ninternal sealed record OpenDoor(Guid Id) : IRequest<Result<Done>>;\n";
    private const string Body = "internal sealed record OpenDoorBody(string? Reason);\n";
    private const string Endpoint = "internal sealed class OpenDoorEndpoint : ICarterModule { }\n";
    private const string Validator = "internal sealed class OpenDoorValidator : AbstractValidator<OpenDoor> { }\n";
    private const string Handler = "internal sealed class OpenDoorHandler(int count) : MediatR.IRequestHandler<OpenDoor, Result<Done>> { }\n";

    [Fact]
    public void Files_are_short() => Rule.Holds(Repository.Sources, SliceRules.Lengths);

    [Fact]
    public void One_slice_is_one_file_told_in_the_same_order_everywhere() => Rule.Holds(SliceRules.Discover(Repository.Sources), SliceRules.Shapes);

    [Fact]
    public void A_slice_as_it_should_be_is_not_found() => Assert.Empty(
        SliceRules.Shapes(Planted("OpenDoor", "internal sealed record Lock(int Turns);\n" + Request + Body + Endpoint + Validator + Handler)));

    [Fact]
    public void A_planted_long_file_is_found() => Rule.Finds<SourceFile>(
        [new("Host/Short.cs", new('\n', 150)), new("Host/Enough.cs", "line\n" + new string('\n', 148) + "line\n"), new("Host/Long.cs", new string('\n', 150) + "line\n")],
        SliceRules.Lengths,
        "Host/Long.cs has 151 lines.");

    [Fact]
    public void A_planted_second_request_is_found() => Rule.Finds(
        Planted("OpenDoor", Request + "internal sealed record CloseDoor : IRequest<Result<Done>>;\n"), SliceRules.Shapes, "Modules/Doors/Doors/OpenDoor.cs has 2 requests.");

    [Fact]
    public void A_planted_file_of_another_name_is_found() => Rule.Finds(
        Planted("DoorOpening", Request + Endpoint + Handler), SliceRules.Shapes, "Modules/Doors/Doors/DoorOpening.cs has the request OpenDoor, not DoorOpening.");

    [Fact]
    public void A_planted_slice_that_is_scattered_or_says_nothing_is_found() => Rule.Finds(
        Planted("OpenDoor", Request.Replace("summary", "remarks", StringComparison.Ordinal) + Validator), SliceRules.Shapes,
        "Modules/Doors/Doors/OpenDoor.cs does not sum up what OpenDoor does.",
        "Modules/Doors/Doors/OpenDoor.cs has no single endpoint.",
        "Modules/Doors/Doors/OpenDoor.cs has no single handler.");

    [Fact]
    public void A_planted_part_of_another_name_is_found() => Rule.Finds(
        Planted("OpenDoor", Request + Body.Replace("OpenDoor", "Door", StringComparison.Ordinal) + Endpoint + Handler), SliceRules.Shapes,
        "Modules/Doors/Doors/OpenDoor.cs calls its body DoorBody, not OpenDoorBody.");

    [Fact]
    public void A_planted_order_of_its_own_is_found() => Rule.Finds(
        Planted("OpenDoor", Request + Validator + Endpoint + Handler), SliceRules.Shapes,
        "Modules/Doors/Doors/OpenDoor.cs tells its request, validator, endpoint, handler in another order than the other slices.");

    private static IReadOnlyList<Slice> Planted(string name, string text) => SliceRules.Discover([new($"Modules/Doors/Doors/{name}.cs", $"namespace MilleCafes.Doors;\n{text}")]);
}
