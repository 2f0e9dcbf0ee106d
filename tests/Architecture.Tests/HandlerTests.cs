using MilleCafes.Architecture.Tests.Planted;
using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class HandlerTests
{
    private const string Here = "MilleCafes.Architecture.Tests.Planted";

    [Fact]
    public void Message_handlers_are_public_static_and_marked_with_their_store() => Rule.Holds(MessageHandlerRules.Discover(Product.Types), MessageHandlerRules.Violations);

    [Fact]
    public void What_makes_a_slice_is_internal_and_sealed() => Rule.Holds(VisibilityRules.Discover(Product.Types), VisibilityRules.Slices);

    [Fact]
    public void A_module_shows_its_door_its_store_and_its_message_handlers_only() => Rule.Holds(
        [.. Product.Types.Where(type => Repository.Modules.Any(module => type.Assembly.GetName().Name == $"MilleCafes.{module.Name}"))], VisibilityRules.PublicTypes);

    [Fact]
    public void Planted_message_handlers_that_would_not_work_are_found() => Rule.Finds(
        MessageHandlerRules.Discover(
        [
            typeof(DoPlantedWorkHandler), typeof(BorrowStoreHandler), typeof(ForgetStoreConsumer), typeof(NeedInstanceHandler), typeof(HideHandler), typeof(CongratulateHandler),
            typeof(TravelHandler), typeof(OpenDoorHandler),
        ]),
        MessageHandlerRules.Violations,
        $"{Here}.BorrowStoreHandler is marked with IAccompanimentStore, which is not its own module's store.",
        $"{Here}.ForgetStoreConsumer is not marked [MartenStore].",
        $"{Here}.NeedInstanceHandler is not public and static.",
        $"{Here}.HideHandler is not public and static.",
        $"{Here}.HideHandler takes HiddenWork, which generated code cannot see.",
        $"{Here}.CongratulateHandler handles CafeProjectOpened and is not Reactions.…OnCafeProjectOpenedHandler.",
        $"{Here}.TravelHandler handles Uri, which is in no contract.");

    [Fact]
    public void Planted_slices_that_others_could_take_hold_of_are_found() => Rule.Finds(
        VisibilityRules.Discover([typeof(OpenDoor), typeof(OpenDoorValidator), typeof(OpenDoorHandler), typeof(Nest.OpenDoorEndpoint), typeof(DoorDocument), typeof(CloseDoor)]),
        VisibilityRules.Slices,
        $"{Here}.DoorDocument is a document and not internal sealed.",
        $"{Here}.Nest+OpenDoorEndpoint is an endpoint and not internal sealed.",
        $"{Here}.OpenDoor is a request and not internal sealed.",
        $"{Here}.OpenDoorHandler is a request handler and not internal sealed.",
        $"{Here}.OpenDoorValidator is a validator and not internal sealed.");

    [Fact]
    public void A_planted_public_type_of_a_module_is_found() => Rule.Finds(
        [typeof(IPlantedStore), typeof(DoPlantedWorkHandler), typeof(PlantedWork), typeof(CloseDoor), typeof(DoorDocument)],
        VisibilityRules.PublicTypes,
        $"{Here}.DoorDocument is public: a module shows its door, its store and its message handlers only.");
}
