using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Architecture.Tests.Planted;
using MilleCafes.Host.Platform;
using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class ModuleTests(RealApplication application)
{
    private static readonly string[] Projects = ["Ghost/Ghost.csproj", "Ghost.Contracts/Ghost.Contracts.csproj"];

    [Fact]
    public void Every_folder_of_Modules_is_a_module_that_the_host_runs() => Rule.Holds(
        [.. Repository.Modules.Select(ModuleRules.Find)], ModuleRules.RunBy([.. application.Services.GetRequiredService<ModuleCatalogue>().Modules]));

    [Fact]
    public void Every_module_that_is_registered_has_its_store()
    {
        var markers = Product.Types.Where(type => type.IsInterface && type != typeof(Marten.IDocumentStore) && typeof(Marten.IDocumentStore).IsAssignableFrom(type)).ToList();
        var modules = application.Services.GetRequiredService<ModuleCatalogue>().Modules;

        Assert.Equal(modules.Select(module => $"I{module.GetType().Name.Replace("Module", "Store", StringComparison.Ordinal)}").Order(), markers.Select(marker => marker.Name).Order());
        Assert.All(markers, marker => Assert.NotNull(application.Services.GetService(marker)));
        Assert.Equal(modules.Count, modules.Select(module => module.Name).Distinct().Count());
    }

    [Fact]
    public void A_planted_module_that_nobody_runs_is_found() => Rule.Finds(
        [new(new("Ghost", Projects), [typeof(GhostModule), typeof(IGhostStore)])], ModuleRules.RunBy([]),
        "Modules/Ghost is not registered by Host, once.");

    [Fact]
    public void A_planted_module_that_runs_twice_is_found() => Rule.Finds(
        [new(new("Ghost", Projects), [typeof(GhostModule), typeof(IGhostStore)])], ModuleRules.RunBy([new GhostModule(), new GhostModule()]),
        "Modules/Ghost is not registered by Host, once.");

    [Fact]
    public void A_planted_folder_that_is_no_module_is_found() => Rule.Finds(
        [new(new("Ghost", ["Ghost/Other.csproj"]), [])], ModuleRules.RunBy([]),
        "Modules/Ghost has no Ghost/Ghost.csproj.",
        "Modules/Ghost has no Ghost.Contracts/Ghost.Contracts.csproj.",
        "Modules/Ghost has no single public sealed GhostModule.");

    [Fact]
    public void A_planted_module_without_a_store_and_with_another_s_name_is_found() => Rule.Finds(
        [new(new("Misnamed", ["Misnamed/Misnamed.csproj", "Misnamed.Contracts/Misnamed.Contracts.csproj"]), [typeof(MisnamedModule)])], ModuleRules.RunBy([new MisnamedModule()]),
        "Modules/Misnamed has no IMisnamedStore.",
        "Modules/Misnamed calls its schema, its routes and its scopes other, not misnamed.");
}
