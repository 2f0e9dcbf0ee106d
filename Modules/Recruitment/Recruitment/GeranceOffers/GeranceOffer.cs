using System.Linq.Expressions;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Where an offer stands; whoever has no key sees published ones only.</summary>
internal enum GeranceOfferStatus
{
    Draft,
    Published,
    Unpublished,
    Filled,
    Expired,
}

/// <summary>The opening to run one café.</summary>
internal sealed record GeranceOffer : Document, IVisible<GeranceOffer>
{
    public required string InseeCode { get; init; }

    public required string CommuneName { get; init; }

    public required string Departement { get; init; }

    /// <summary>The café, once there is one.</summary>
    public Guid? CafeId { get; init; }

    public GeranceOfferStatus Status { get; init; }

    string? IVisible<GeranceOffer>.WritingDepartement => Departement;

    public static Expression<Func<GeranceOffer, bool>>? VisibleTo(Holder holder)
    {
        var own = holder.InseeCode;
        return holder.Kind switch
        {
            HolderKind.Staff => null,
            HolderKind.Mairie => offer => offer.InseeCode == own || offer.Status == GeranceOfferStatus.Published,
            _ => offer => offer.Status == GeranceOfferStatus.Published,
        };
    }
}
