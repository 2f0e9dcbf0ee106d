namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The words for reasons and stages.</summary>
internal static partial class CandidateTexts
{
    public static string TextOf(DeclineReason reason, string language) => reason switch
    {
        DeclineReason.OfferFilled => Choose(language, "ce café a trouvé son gérant.", "this café has found its gérant."),
        DeclineReason.OfferWithdrawn => Choose(language, "cette offre de gérance n'est plus ouverte.", "this gérance offer is no longer open."),
        DeclineReason.NotAvailableInTime => Choose(language, "le café ouvre avant que vous ne soyez disponible.", "the café opens before you are available."),
        DeclineReason.AnotherProject => Choose(language, "votre projet n'est pas celui de ce café.", "your project is not that of this café."),
        DeclineReason.SavoirEtreNotShown => Choose(language, "nos rencontres ne nous ont pas montré les savoir-être que demande ce métier.", "our meetings did not show us the savoir-être that this trade asks for."),
        DeclineReason.MairieDeclined => Choose(language, "la mairie a fait un autre choix.", "the mairie has made another choice."),
        DeclineReason.Unreachable => Choose(language, "nous n'avons pas réussi à vous joindre.", "we could not reach you."),
        DeclineReason.Incomplete => Choose(language, "votre candidature est restée incomplète.", "your candidature remained incomplete."),
        _ => Choose(language, "voici pourquoi.", "the reason is told above."),
    };

    public static string NameOf(GerantStage stage, string language) => stage switch
    {
        GerantStage.Received => Choose(language, "reçue", "received"),
        GerantStage.Studied => Choose(language, "étudiée", "studied"),
        GerantStage.Interview => Choose(language, "entretien", "interview"),
        GerantStage.Immersion => Choose(language, "immersion dans un café", "immersion in a café"),
        GerantStage.Presented => Choose(language, "présentée à la mairie", "presented to the mairie"),
        GerantStage.Retained => Choose(language, "retenue", "retained"),
        GerantStage.Trained => Choose(language, "formation suivie", "trained"),
        GerantStage.InPost => Choose(language, "en poste", "in post"),
        GerantStage.Declined => Choose(language, "refusée", "declined"),
        _ => Choose(language, "retirée", "withdrawn"),
    };

    private static string Choose(string language, string french, string english) => language == English ? english : french;
}
