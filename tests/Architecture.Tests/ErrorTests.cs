using MilleCafes.Architecture.Tests.Planted;
using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class ErrorTests
{
    private static readonly IReadOnlyList<HeldError> Found = ErrorRules.Discover(Product.Types);

    [Fact]
    public void Every_error_has_a_code_of_its_own_and_both_languages() => Rule.Holds(Found, ErrorRules.Violations);

    [Fact]
    public void A_module_s_codes_start_with_its_name() => Rule.Holds(
        [.. Found.Where(held => Repository.Modules.Any(module => held.Holder.Assembly.GetName().Name == $"MilleCafes.{module.Name}"))],
        ErrorRules.StartWith(holder => holder.Assembly.GetName().Name!["MilleCafes.".Length..].ToLowerInvariant()));

    [Fact]
    public void Errors_are_made_where_they_are_checked() => Rule.Holds(Product.Code, CodeRules.ErrorsElsewhere);

    [Fact]
    public void Planted_errors_that_are_not_unique_or_not_in_both_languages_are_found() => Rule.Finds(
        ErrorRules.Discover([typeof(PlantedErrors), typeof(SilentErrors), typeof(Improvises)]), ErrorRules.Violations,
        "PlantedErrors.Shouted has « Planted.SHOUTED », which is no code.",
        "SilentErrors.BadCode has « planted/bad », which is no code.",
        "SilentErrors.Empty is not said in both languages.",
        "SilentErrors.Untranslated is not said in both languages.",
        "planted.locked is the code of PlantedErrors.Locked and SilentErrors.Locked.");

    [Fact]
    public void A_planted_code_of_another_module_is_found() => Rule.Finds(
        [.. ErrorRules.Discover([typeof(SilentErrors)]).Where(held => held.Field is "Foreign" or "Locked")], ErrorRules.StartWith(_ => "planted"),
        "elsewhere.foreign is a code of planted and does not start with its name.");

    [Fact]
    public void A_planted_error_made_elsewhere_is_found() => Rule.Finds(
        CodeTests.Planted, CodeRules.ErrorsElsewhere, "MilleCafes.Architecture.Tests.Planted.Improvises makes an Error: a class named …Errors does.");
}
