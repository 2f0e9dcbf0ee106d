namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>What becomes of what it says of persons.</summary>
internal sealed partial record CommuneCandidature
{
    private const string Erased = "contactErased";

    /// <summary>Where the contact of the letter is written to; null once they are erased.</summary>
    internal string? ContactEmail => Facts.Contact == Contact.Nobody ? null : Facts.Contact.Email;

    /// <summary>The contact goes, and every text that people wrote; what was decided, by what figures and when, stays.</summary>
    public CommuneCandidature ErasePersons(string actor, DateTimeOffset now) => History.FindLast(done => done.Actor is not null)!.Act == Erased ? this : this with
    {
        Facts = Facts with
        {
            Contact = Contact.Nobody,
            Premises = Facts.Premises with { Description = null, ComplianceWorks = null },
            Involvement = Facts.Involvement is { } residents ? residents with { Description = null } : null,
            Attachments = [],
        },
        Corrections = [.. Corrections.Select(asked => asked with { What = "", Answer = asked.Answer is null ? null : "" })],
        Opinions = [.. Opinions.Select(asked => asked with { Whom = "", Question = "", Text = null })],
        Visits = [.. Visits.Select(visit => visit with { Report = visit.Report is null ? null : "" })],
        Override = Override is { } decided ? decided with { Reason = "" } : null,
        History = History.ConvertAll(done => done with { Reason = null }).Add(new(Erased, now, actor, null)),
    };
}
