using MilleCafes.Shared;

namespace MilleCafes.Recruitment.CommuneCandidatures;

internal sealed record CandidaturePremises(
    [property: Described("La commune a, ou connaît, un local", "The commune has, or knows of, premises")] bool? Available,
    [property: Described("Le local en quelques mots", "The premises in a few words", Example = "\"Ancien bar-tabac sur la place\"")][property: PersonalData] string? Description = null,
    [property: Described("Surface ouverte au public, en m²", "Floor area for customers, in m²", Example = "65")] int? SurfaceSquareMetres = null,
    [property: Described("Permet de loger deux salariés", "Can house two employees")] bool HousingForTwo = false,
    [property: Described("Adresse du local", "Address of the premises", Example = "\"1 place de l'Église\"")] string? Address = null,
    [property: Described("État du local", "State of the premises")] PremisesState? State = null,
    [property: Described("Mises aux normes à faire", "Works needed for compliance", Example = "\"Accès des personnes à mobilité réduite\"")][property: PersonalData] string? ComplianceWorks = null,
    [property: Described("Jour à partir duquel il est libre", "Day from which it is free", Example = "\"2023-03-01\"")] DateOnly? AvailableFrom = null,
    [property: Described("Loyer mensuel, en centimes", "Monthly rent, in cents", Example = "30000")] int? MonthlyRentCents = null,
    [property: Described("Monnaie du loyer : l'euro", "Currency of the rent: the euro", Example = "\"EUR\"")] string? Currency = null);

internal sealed record CandidatureContact(
    [property: Described("Nom de l'interlocuteur", "Name of the contact", Example = "\"Camille Exemple\"")] string? Name,
    [property: Described("Sa fonction", "Their role", Example = "\"Maire\"")] string? Role,
    [property: Described("Son adresse électronique", "Their e-mail", Example = "\"mairie@example.org\"")] string? Email,
    [property: Described("Son téléphone", "Their telephone")] string? Phone = null);

internal sealed record CandidatureShops(
    [property: Described("Genre de commerce", "Kind of shop")] ShopKind? Kind,
    [property: Described("Combien il y en a", "How many there are", Example = "1")] int? Count);

internal sealed record CandidatureResidents(
    [property: Described("Un collectif d'habitants existe", "There is a residents' collective")] bool Collective = false,
    [property: Described("Réponses à une enquête", "Answers to a survey", Example = "84")] int? SurveyAnswers = null,
    [property: Described("Signatures d'une pétition", "Signatures of a petition", Example = "120")] int? PetitionSignatures = null,
    [property: Described("Ce qu'ils ont fait, en quelques mots", "What they did, in a few words", Example = "\"Deux réunions publiques\"")][property: PersonalData] string? Description = null);

internal sealed record CandidatureAttachment(
    [property: Described("Ce que c'est", "What it is", Example = "\"Délibération du conseil\"")][property: PersonalData] string? Title,
    [property: Described("Où le lire, en https", "Where to read it, over https", Example = "\"https://mairie.example.org/deliberation.pdf\"")][property: PersonalData] string? Url);

/// <summary>The questionnaire of the programme, as a mairie fills it in.</summary>
internal abstract record CandidatureQuestionnaire
{
    [Described("Situation du café : aucun, menacé, ouvert", "Situation of the café: none, threatened, open")]
    public CafeSituation? CafeSituation { get; init; }

    [Described("Jour où ferme un café menacé", "Day on which a threatened café closes")]
    public DateOnly? CafeClosesOn { get; init; }

    [Described("Nombre d'autres commerces de la commune", "How many other shops the commune has", Example = "0")]
    public int? OtherShops { get; init; }

    [Described("Ces commerces par genre ; leur somme est `otherShops`", "These shops by kind; their sum is `otherShops`", Example = "[]")]
    public IReadOnlyList<CandidatureShops>? Shops { get; init; }

    [Described("Le maire porte le dossier", "The mayor carries the file")]
    public bool? CarriedByMayor { get; init; }

    [Described("Jour de la délibération du conseil", "Day on which the council deliberated", Example = "\"2023-02-10\"")]
    public DateOnly? DeliberatedOn { get; init; }

    [Described("Le local", "The premises")]
    public CandidaturePremises? Premises { get; init; }

    [Described("Les habitants participent déjà au projet", "Residents already take part in the project")]
    public bool? ResidentsInvolved { get; init; }

    [Described("Ce que les habitants ont déjà fait ; seulement s'ils participent", "What residents did already; only when they take part")]
    public CandidatureResidents? Residents { get; init; }

    [Described("Pièces, par leurs liens", "Documents, by their links")]
    public IReadOnlyList<CandidatureAttachment>? Attachments { get; init; }

    [Described("L'interlocuteur", "The contact")]
    public CandidatureContact? Contact { get; init; }

    /// <summary>The facts, once the questionnaire was found fit.</summary>
    public CandidatureFacts ToFacts() => new(
        CafeSituation!.Value,
        OtherShops!.Value,
        CarriedByMayor!.Value,
        new(Premises!.Available!.Value, Premises.Description, Premises.SurfaceSquareMetres, Premises.HousingForTwo)
        {
            Address = Premises.Address,
            State = Premises.State,
            ComplianceWorks = Premises.ComplianceWorks,
            AvailableFrom = Premises.AvailableFrom,
            MonthlyRentCents = Premises.MonthlyRentCents,
        },
        ResidentsInvolved!.Value,
        new(Contact!.Name!, Contact.Role, Contact.Email!, Contact.Phone))
    {
        CafeClosesOn = CafeClosesOn,
        DeliberatedOn = DeliberatedOn,
        Shops = [.. (Shops ?? []).Select(shops => new Shops(shops.Kind!.Value, shops.Count!.Value))],
        Involvement = Residents is { } residents ? new(residents.Collective, residents.SurveyAnswers, residents.PetitionSignatures, residents.Description) : null,
        Attachments = [.. (Attachments ?? []).Select(attachment => new Attachment(attachment.Title!, attachment.Url!))],
    };
}
