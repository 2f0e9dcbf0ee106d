using MilleCafes.Recruitment.GerantCandidatures;

namespace MilleCafes.Benchmarks.Recruitment;

/// <summary>Whose key a request of the benchmark carries: each sees other documents.</summary>
internal enum Asker
{
    Team,
    Mairie,
    Partner,
    Gerant,
}

/// <summary>A request of the benchmark.</summary>
internal sealed record Asked(string Path, Asker By = Asker.Team)
{
    public override string ToString() => By == Asker.Team ? Path : $"{Path} ({By})";
}

/// <summary>What the benchmark asks for: of both databases the same, but for the ids of what is asked about.</summary>
internal static class RecruitmentRequests
{
    public static IEnumerable<Asked> Lists(RecruitmentFill fill) => [.. OfTheTeam(fill).Select(path => new Asked(path)), .. OfOthers()];

    // A mairie has so few in the smaller database that one is asked for
    private static IEnumerable<Asked> OfOthers()
    {
        const string root = "/v1/recruitment/";
        string[] mairie = ["gerant-candidatures?", "gerant-candidatures?stage=presented", "presentations?", "presentations?answer=yes", "commune-candidatures?", "commune-candidatures?sort=priority", "gerance-offers?", "gerance-offers?status=published"];
        string[] partner = ["gerant-candidatures?", "gerant-candidatures?stage=declined", "gerant-candidatures?updatedSince=2020-01-01T00:00:00Z", "offer-diffusions?", "offer-diffusions?open=true", "scorecards?"];
        string[] gerant = ["immersions?", "immersions?status=booked", "host-cafes?", "cafe-candidatures?"];
        return
        [
            .. mairie.Select(path => new Asked($"{root}{path}&limit=1", Asker.Mairie)),
            .. partner.Select(path => new Asked($"{root}{path}&limit=20", Asker.Partner)),
            .. gerant.Select(path => new Asked($"{root}{path}&limit=20", Asker.Gerant)),
        ];
    }

    private static IEnumerable<string> OfTheTeam(RecruitmentFill fill)
    {
        const string root = "/v1/recruitment/";
        var (candidature, offer) = (fill.Candidatures.First(one => one.Stage == GerantStage.Presented), fill.Offers[1]);
        string[] gerants = ["", "stage=declined", "stage=presented", "departement=12", "antenne=southWest", $"sourceClientId={fill.Clients[RecruitmentFill.Partner]}", "source=Source+8", $"email={RecruitmentFill.Mail}", $"offerId={offer.Id}", "confirmed=false", "updatedSince=2020-01-01T00:00:00Z", "updatedSince=2999-01-01T00:00:00Z", "stage=received&departement=12"];
        string[] communes = ["", "status=submitted", "status=declined", "departement=12", "eligible=true", "eligible=false", "antenne=southWest", "unassigned=true", "minScore=30", "waitingFor=mairie", "waitingFor=opinion", $"inseeCode={fill.Offers[0].InseeCode}"];
        string[] cafes = ["", "status=submitted", "status=declined", "departement=12", "eligible=true", "eligible=false", "siret=73282932000074"];
        string[] offers = ["", "status=draft", "status=published", "departement=12", "model=itinerant", $"cafeId={offer.CafeId}", $"inseeCode={offer.InseeCode}"];
        string[] open = ["", "departement=12", "model=itinerant", "housing=true", "housing=false"];
        string[] waiting = ["", "on=team", "on=candidate", "on=mairie", "on=observer", "on=hostCafe", "on=training", "antenne=southWest", "on=mairie&antenne=southWest", "kind=communeCandidature", "kind=gerantCandidature", "kind=cafeCandidature", "kind=geranceOffer"];
        return
        [
            .. gerants.Select(query => $"{root}gerant-candidatures?limit=20&{query}"),
            .. communes.Select(query => $"{root}commune-candidatures?limit=20&{query}"),
            .. communes.Select(query => $"{root}commune-candidatures?limit=20&sort=priority&{query}"),
            .. cafes.Select(query => $"{root}cafe-candidatures?limit=20&{query}"),
            .. offers.Select(query => $"{root}gerance-offers?limit=20&{query}"),
            .. open.Select(query => $"{root}open-offers?limit=20&{query}"),
            .. new[] { "", "open=true", "open=false" }.Select(query => $"{root}offer-diffusions?limit=20&{query}"),
            .. new[] { "", "status=proposed", "status=held", $"candidatureId={candidature.Id}", $"interviewerId={fill.Clients[2]}" }.Select(query => $"{root}interviews?limit=20&{query}"),
            .. new[] { "", $"candidatureId={candidature.Id}" }.Select(query => $"{root}scorecards?limit=20&{query}"),
            .. new[] { "", "status=booked", "status=completed", $"candidatureId={candidature.Id}" }.Select(query => $"{root}immersions?limit=20&{query}"),
            .. new[] { "", "departement=12", "open=true" }.Select(query => $"{root}host-cafes?limit=20&{query}"),
            .. new[] { "", "answer=yes", $"candidatureId={candidature.Id}" }.Select(query => $"{root}presentations?limit=20&{query}"),
            $"{root}due-erasures?limit=20", $"{root}due-erasures?limit=20&at=2024-06-01T00:00:00Z", $"{root}due-erasures?limit=20&at=2020-01-01T00:00:00Z",
            $"{root}gerance-offers/{offer.Id}/best-candidates?limit=20", $"{root}gerant-candidatures/{candidature.Id}/best-offers?limit=20",
            .. waiting.Select(query => $"{root}waiting?limit=20&{query}"),
        ];
    }

    public static IEnumerable<Asked> Funnel(RecruitmentFill fill) => OfFunnel(fill).Concat(new[] { "", "?since=2026-01-01T00:00:00Z&until=2026-06-30T12:00:00Z" }.Select(query => "/v1/recruitment/gerance-offers/sources" + query)).Select(path => new Asked(path));

    private static IEnumerable<string> OfFunnel(RecruitmentFill fill) => new[]
    {
        "", "by=antenne", "by=source", "by=month", "antenne=southWest", "departement=12", $"source={fill.Clients[RecruitmentFill.Partner]}", "from=2026-01-01&until=2026-06-30",
    }.Select(query => $"/v1/recruitment/gerant-candidatures/funnel?{query}");
}
