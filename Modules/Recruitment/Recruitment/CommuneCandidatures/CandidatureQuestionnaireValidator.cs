using FluentValidation;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;

namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>Refuses a questionnaire that says what cannot be, or says two things of one.</summary>
internal abstract class CandidatureQuestionnaireValidator<T> : AbstractValidator<T>
    where T : CandidatureQuestionnaire
{
    private const int MostAttachments = 20;
    private const int MostOfAKind = 10_000;
    private const int HighestRent = 10_000_000;

    // In years: councils change, and a project may wait for two of them
    private const int OldestDeliberation = 15;

    protected CandidatureQuestionnaireValidator(TimeProvider time)
    {
        RuleFor(request => request.CafeSituation).NotNull().IsInEnum();
        RuleFor(request => request.CafeClosesOn).Null().When(request => request.CafeSituation is not CafeSituation.Threatened)
            .WithErrorCode("empty").WithMessage(_ => Language.Choose("Seul un café menacé a un jour de fermeture.", "Only a threatened café has a day of closing."));
        RuleFor(request => request.OtherShops).NotNull().InclusiveBetween(0, MostOfAKind);
        CheckShops();
        RuleFor(request => request.CarriedByMayor).NotNull();
        RuleFor(request => request.DeliberatedOn).NotLongAgo(time, OldestDeliberation).PastDay(time);
        RuleFor(request => request.Premises).NotNull().ChildRules(premises =>
        {
            premises.RuleFor(value => value!.Available).NotNull();
            premises.RuleFor(value => value!.Description).MaximumLength(4_000);
            premises.RuleFor(value => value!.SurfaceSquareMetres).InclusiveBetween(1, 100_000);
            premises.RuleFor(value => value!.Address).MaximumLength(400);
            premises.RuleFor(value => value!.State).IsInEnum();
            premises.RuleFor(value => value!.ComplianceWorks).MaximumLength(4_000);
            premises.RuleFor(value => value!.MonthlyRentCents).InclusiveBetween(0, HighestRent);
            premises.RuleFor(value => value!.Currency).Must(currency => currency is null or "EUR")
                .WithErrorCode("unknown_value").WithMessage(_ => FieldErrors.UnknownValue("", ["EUR"]).Detail);
        });
        RuleFor(request => request.ResidentsInvolved).NotNull();
        RuleFor(request => request.Residents).ChildRules(residents =>
        {
            residents.RuleFor(value => value!.SurveyAnswers).InclusiveBetween(0, MostOfAKind);
            residents.RuleFor(value => value!.PetitionSignatures).InclusiveBetween(0, MostOfAKind);
            residents.RuleFor(value => value!.Description).MaximumLength(4_000);
        });
        RuleFor(request => request.Residents).Must((request, residents) => request.ResidentsInvolved is not false || residents is not { } told || !IsAny(told))
            .WithErrorCode("contradiction").WithMessage(_ => Language.Choose("« residentsInvolved » dit que les habitants ne participent pas.", "“residentsInvolved” says that residents do not take part."));
        CheckAttachments();
        RuleFor(request => request.Contact).NotNull().ChildRules(contact =>
        {
            contact.RuleFor(value => value!.Name).NotEmpty().MaximumLength(200);
            contact.RuleFor(value => value!.Role).MaximumLength(200);
            contact.RuleFor(value => value!.Email).Cascade(CascadeMode.Stop).NotEmpty().MaximumLength(320).EmailAddress().MailAddress();
            contact.RuleFor(value => value!.Phone).MaximumLength(40);
        });
    }

    private static bool IsAny(CandidatureResidents residents) => residents.Collective || residents.SurveyAnswers > 0 || residents.PetitionSignatures > 0;

    private void CheckShops()
    {
        RuleForEach(request => request.Shops).NotNull().ChildRules(shops =>
        {
            shops.RuleFor(value => value.Kind).NotNull().IsInEnum();
            shops.RuleFor(value => value.Count).NotNull().InclusiveBetween(1, MostOfAKind);
        });
        RuleFor(request => request.Shops).Must(shops => shops is null || shops.Where(one => one is not null).GroupBy(one => one.Kind).All(kind => kind.Count() == 1))
            .WithErrorCode("contradiction").WithMessage(_ => Language.Choose("Un genre de commerce est compté deux fois.", "A kind of shop is counted twice."));
        RuleFor(request => request.Shops)
            .Must((request, shops) => shops is null or [] || request.OtherShops is not { } count || shops.Sum(one => (long)(one?.Count ?? 0)) == count)
            .WithErrorCode("contradiction").WithMessage(_ => Language.Choose("La somme des commerces n'est pas « otherShops ».", "The sum of the shops is not “otherShops”."));
    }

    private void CheckAttachments()
    {
        RuleFor(request => request.Attachments).Must(attachments => attachments is null || attachments.Count <= MostAttachments)
            .WithErrorCode("too_many").WithMessage(_ => Language.Choose($"{MostAttachments} au plus.", $"{MostAttachments} at most."));
        RuleForEach(request => request.Attachments).NotNull().ChildRules(attachment =>
        {
            attachment.RuleFor(value => value.Title).NotEmpty().MaximumLength(200);
            attachment.RuleFor(value => value.Url).Cascade(CascadeMode.Stop).NotEmpty().MaximumLength(2_000).SecureAddress();
        });
    }
}
