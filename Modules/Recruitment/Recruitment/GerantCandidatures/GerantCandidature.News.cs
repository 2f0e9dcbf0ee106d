using MilleCafes.Recruitment.Contracts;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What others were told of where it stood, and is otherwise now.</summary>
internal sealed partial record GerantCandidature
{
    /// <summary>What is told when this state becomes <paramref name="next"/> by another step than selection, training and installation, which tell of themselves.</summary>
    public IEnumerable<object> NewsOn(GerantCandidature next, DateTimeOffset now)
    {
        if (OfferId is not { } offer || OfferInseeCode is not { } commune || Departement is not { } departement)
        {
            yield break;
        }

        if (Stage == GerantStage.InPost && next.Stage != GerantStage.InPost)
        {
            yield return new GerantPostCorrected(Id, offer, Installation?.CafeId, commune, departement, now);
        }
        else if (HeldOfferId is not null && Stage != GerantStage.InPost && next.HeldOfferId is null)
        {
            yield return new GerantSelectionEnded(Id, offer, commune, departement, now);
        }
        else if (HeldOfferId is null && next.HeldOfferId is not null)
        {
            yield return new GerantSelected(Id, offer, commune, departement, now);
        }
    }
}
