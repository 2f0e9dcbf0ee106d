using System.Collections.Immutable;
using FluentValidation;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Interviews;

internal sealed record ProposedSlot(
    [property: Described("Début, à venir ou depuis moins de trente jours", "Start, to come or less than thirty days ago", Example = "\"2099-04-17T08:30:00Z\"")] DateTimeOffset? StartsAt,
    [property: Described("Durée en minutes", "Length in minutes", Example = "45")] int? Minutes,
    [property: Described("Lieu, s'il n'y a pas de lien", "Place, when there is no link", Example = "\"Mairie de Sénergues\"")] string? Place = null,
    [property: Described("Lien de la visioconférence, s'il n'y a pas de lieu", "Link of the video call, when there is no place")] string? Link = null)
{
    public static ImmutableList<InterviewSlot> Of(IReadOnlyList<ProposedSlot> slots, DateTimeOffset now) =>
        [.. slots.Select(slot => new InterviewSlot(Guid.CreateVersion7(now), slot.StartsAt!.Value, slot.Minutes!.Value, Said(slot.Place), Said(slot.Link))).OrderBy(slot => slot.StartsAt)];

    // A form sends what was left blank as blanks
    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>What is refused of the slots of whatever proposes some.</summary>
internal static class SlotRules
{
    public const int Most = 10;

    // What was held by telephone is often written down later
    private static readonly TimeSpan Earliest = TimeSpan.FromDays(30);

    public static string TooMany => Language.Choose($"Au plus {Most} créneaux.", $"At most {Most} slots.");

    public static Action<InlineValidator<ProposedSlot>> Since(TimeProvider time) => slot =>
    {
        slot.RuleFor(value => value.StartsAt).NotNull();
        slot.RuleFor(value => value.StartsAt).Must(start => start is null || start > time.GetUtcNow() - Earliest).WithErrorCode("in_the_past")
            .WithMessage(_ => Language.Choose("Cet instant est passé depuis longtemps.", "This instant has passed long ago."));
        slot.RuleFor(value => value.Minutes).NotNull().InclusiveBetween(10, 240);
        slot.RuleFor(value => value.Place).MaximumLength(500);
        slot.RuleFor(value => value.Place).NotEmpty().When(value => string.IsNullOrWhiteSpace(value.Link));
        slot.RuleFor(value => value.Place).Empty().When(value => !string.IsNullOrWhiteSpace(value.Link));
        slot.RuleFor(value => value.Link).MaximumLength(1_000).SecureAddress();
    };
}
