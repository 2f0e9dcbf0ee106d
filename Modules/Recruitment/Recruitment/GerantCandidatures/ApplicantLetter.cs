using FluentValidation;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using MilleCafes.Shared.Mail;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What somebody who wishes to run a café tells of themselves.</summary>
internal sealed record ApplicantLetter(
    [property: Described("Une personne, un couple ou un collectif", "A person, a couple or a collective")] ApplicantForm? Form,
    [property: Described("Nom de la personne, ou de qui parle pour les autres", "Name of the person, or of who speaks for the others", Example = "\"Camille Exemple\"")] string? Name,
    [property: Described("Adresse électronique", "E-mail", Example = "\"camille@example.org\"")] string? Email,
    [property: Described("Code INSEE de la commune de résidence", "INSEE code of the commune of residence", Example = "\"12268\"")] string? InseeCode,
    [property: Described("Noms des autres : un pour un couple, un au moins pour un collectif", "Names of the others: one for a couple, one at least for a collective")] IReadOnlyList<string>? Others = null,
    [property: Described("Téléphone", "Telephone", Example = "\"06 39 98 12 34\"")] string? Phone = null,
    [property: Described("Ce qui donne envie de tenir ce café", "Why they wish to run this café", Example = "\"Je veux faire vivre mon village.\"")] string? Motivation = null,
    [property: Described("Expérience ; montrée, jamais notée", "Experience; shown, never scored")] string? Experience = null,
    [property: Described("Diplômes ; montrés, jamais notés", "Diplomas; shown, never scored")] string? Diploma = null,
    [property: Described("Premier jour possible", "First possible day")] DateOnly? AvailableFrom = null)
{
    public Applicant ToApplicant(Commune home) => new(
        Form!.Value, Name!.Trim(), [.. (Others ?? []).Select(other => other.Trim())], Email!.Trim(), Phone?.Trim(), home.InseeCode, home.Name, home.Departement,
        Motivation ?? "", Experience, Diploma, AvailableFrom);
}

/// <summary>What every letter is asked, by whichever way it comes.</summary>
internal static class ApplicantRules
{
    public const int LongestName = 200;
    public const int LongestEmail = 320;
    public const int LongestText = 8_000;

    private const int LongestPhone = 40;
    private const int MostOthers = 30;
    private const int MostPlaces = 101;

    public static void Applicant<T>(this IRuleBuilder<T, ApplicantLetter?> rule, CommuneRegistry communes) => rule.NotNull().ChildRules(letter =>
    {
        letter.RuleFor(value => value!.Form).NotNull().IsInEnum();
        letter.RuleFor(value => value!.Name).NotEmpty().MaximumLength(LongestName).OnOneLine();
        letter.RuleFor(value => value!.Email).Cascade(CascadeMode.Stop).NotEmpty().MaximumLength(LongestEmail).EmailAddress().MailAddress();
        letter.RuleFor(value => value!.InseeCode).Cascade(CascadeMode.Stop).IsInseeCode().KnownCommune(communes);
        letter.RuleFor(value => value!.Others).Must((value, others) => AreOf(value!.Form, others?.Count ?? 0))
            .WithErrorCode("others_of_form").WithMessage(_ => Language.Choose("Il faut un autre nom pour un couple, un au moins pour un collectif, aucun pour une personne.", "A couple needs one other name, a collective one at least, a person none."));
        letter.RuleForEach(value => value!.Others).NotEmpty().MaximumLength(LongestName).OnOneLine();
        letter.RuleFor(value => value!.Phone).Cascade(CascadeMode.Stop).MaximumLength(LongestPhone).Must(phone => string.IsNullOrWhiteSpace(phone) || ContactKeys.HasNumber(phone))
            .WithErrorCode("bad_phone").WithMessage(_ => Language.Choose("Ce n'est pas un numéro de téléphone : il a huit chiffres au moins.", "This is no telephone number: it has eight digits at least."));
        letter.RuleFor(value => value!.Motivation).NotEmpty().MaximumLength(LongestText);
        letter.RuleFor(value => value!.Experience).MaximumLength(LongestText);
        letter.RuleFor(value => value!.Diploma).MaximumLength(LongestText);
    });

    public static void Wishes<T>(this IRuleBuilder<T, GerantWishes?> rule, CommuneRegistry communes)
    {
        var regions = communes.Departements.Select(departement => departement.Region).ToHashSet();
        rule.ChildRules(wishes =>
        {
            wishes.RuleFor(value => value!.Regions).Must(names => names is null || names.Count <= MostPlaces).WithErrorCode("too_many").WithMessage(_ => TooMany);
            wishes.RuleForEach(value => value!.Regions).Must(name => name is not null && regions.Contains(name)).WithErrorCode("unknown_region")
                .WithMessage(_ => Language.Choose("Aucune région ne porte ce nom.", "No region has this name."));
            wishes.RuleFor(value => value!.Departements).Must(codes => codes is null || codes.Count <= MostPlaces).WithErrorCode("too_many").WithMessage(_ => TooMany);
            wishes.RuleForEach(value => value!.Departements).NotEmpty().KnownDepartement(communes);
            wishes.RuleFor(value => value!.Antenne).IsInEnum();
        });
    }

    public static Wishes? ToWishes(this GerantWishes? wishes) =>
        wishes is null ? null : new([.. (wishes.Regions ?? []).Distinct()], [.. (wishes.Departements ?? []).Select(code => code.Trim().ToUpperInvariant()).Distinct()], wishes.Antenne);

    private static IRuleBuilderOptions<T, string?> OnOneLine<T>(this IRuleBuilder<T, string?> rule) => rule.Must(name => name is null || !name.Any(char.IsControl))
        .WithErrorCode("control_character").WithMessage(_ => Language.Choose("Un nom tient sur une ligne.", "A name is on one line."));

    private static string TooMany => Language.Choose("Il y en a trop.", "There are too many.");

    private static bool AreOf(ApplicantForm? form, int others) => form switch
    {
        ApplicantForm.Person => others == 0,
        ApplicantForm.Couple => others == 1,
        ApplicantForm.Collective => others is >= 1 and <= MostOthers,
        _ => true,
    };
}
