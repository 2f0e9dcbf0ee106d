using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>By what the person is known, and how that is put right.</summary>
internal sealed partial record GerantCandidature
{
    /// <summary>The other addresses and numbers by which the person was known, of what became part of this one.</summary>
    [PersonalData]
    public IReadOnlyList<string> FormerKeys => [.. Absorbed.SelectMany(other => new[] { other.EmailKey, other.PhoneKey }).OfType<string>().Except([EmailKey ?? "", PhoneKey ?? ""])];

    /// <summary>Every address and number by which they are known, and were.</summary>
    internal IEnumerable<string> ContactKeysOfPerson => FormerKeys.Concat(new[] { EmailKey, PhoneKey }.OfType<string>());

    /// <summary>The addresses that are theirs, and were: what nobody stood by, there, says nothing of whose an address is.</summary>
    internal IEnumerable<string> AddressKeys => Absorbed.Where(other => other.WasConfirmed).Select(other => other.EmailKey).Prepend(EmailKey).OfType<string>().Distinct();

    private bool IsAddressProven => Acts.Exists(act => act.ProvesAddress(ConfirmedAt is not null)) || Absorbed.Exists(other => other.WasConfirmed && other.EmailKey == EmailKey);

    /// <summary>Whether two candidatures have an address or a number in common.</summary>
    public bool SharesContactWith(GerantCandidature other) => ContactKeysOfPerson.Intersect(other.ContactKeysOfPerson).Any();

    /// <summary>The candidature that somebody with this address stands by: this one, or the last of those that it is made of; null when there is none.</summary>
    public Guid? StoodByAt(string emailKey) =>
        ConfirmedAt is not null && EmailKey == emailKey ? Id : Absorbed.FindLast(other => other.WasConfirmed && other.EmailKey == emailKey)?.Id;

    /// <summary>Whether the address of one that became part of this one is nobody's that is known to be theirs.</summary>
    public bool StandsNotBy(GerantCandidature ended) => ended.EmailKey is not { } address || !AddressKeys.Contains(address);

    // A partner may have misspelt the address, into somebody else's; what is known of both is mailed to the one that was answered from
    private Applicant ApplicantWith(GerantCandidature other) =>
        Source.Partner is not null && !IsAddressProven && other.IsAddressProven ? Applicant with { Email = other.Applicant.Email } : Applicant;

    /// <summary>The address that was given with one of the candidatures that it is made of.</summary>
    public string? AddressOf(Guid candidature) => candidature == Id ? Applicant.Email : Absorbed.Find(other => other.Id == candidature)?.Applicant.Email;

    /// <summary>Whether a client has sent this person for this offer, and they go on with it.</summary>
    public bool GoesOnAsSentBy(Guid client, Guid? offer) =>
        IsOpenFor(offer) && (Source.ClientId == client || Absorbed.Exists(other => other.Source.ClientId == client && other.OfferId == offer));

    /// <summary>The candidate has what is known of them put right; an address that nobody has answered for yet is asked anew.</summary>
    /// <param name="keepsLonger">Whether they may be remembered longer, when they say so anew.</param>
    /// <param name="how">How they told it.</param>
    public GerantCandidature ChangeApplicant(Applicant applicant, bool? keepsLonger, string how, Antennes antennes, DateTimeOffset confirmBefore, string actor, DateTimeOffset now)
    {
        var asksAnew = ConfirmedAt is null && applicant.Email != Applicant.Email;
        return this with
        {
            Applicant = applicant,
            Consent = keepsLonger is { } longer ? Consent.Keep(longer, now) : Consent,
            Departement = OfferId is null ? applicant.Departement : Departement,
            Antenne = OfferId is null && !HasWishedAntenne ? antennes.Of(applicant.Departement) : Antenne,
            ConfirmBefore = asksAnew ? confirmBefore : ConfirmBefore,
            LinkAskedAt = asksAnew ? now : LinkAskedAt,
            LastContactAt = now,
            Acts = Acts.Add(new(ContactKeys.OfEmail(applicant.Email) == EmailKey ? CandidatureDeed.ApplicantChanged : CandidatureDeed.AddressChanged, now, actor, how)),
        };
    }
}
