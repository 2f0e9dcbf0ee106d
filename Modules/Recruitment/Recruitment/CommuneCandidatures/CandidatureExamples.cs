namespace MilleCafes.Recruitment.CommuneCandidatures;

/// <summary>Whole lists for the API's document, whose lines belong together.</summary>
internal static class CandidatureExamples
{
    public const string Reasons = """
        [{"criterion": "fewerThan3500Residents", "met": true, "text": "La commune a moins de 3 500 habitants."},
         {"criterion": "noCafeOrThreatenedOne", "met": true, "text": "La commune n'a pas de café, ou le sien est menacé."},
         {"criterion": "premisesAvailable", "met": true, "text": "La commune a, ou connaît, un local adapté."},
         {"criterion": "carriedByMayor", "met": true, "text": "Le maire porte le dossier."}]
        """;

    public const string EnglishReasons = """
        [{"criterion": "fewerThan3500Residents", "met": true, "text": "The commune has fewer than 3,500 residents."},
         {"criterion": "noCafeOrThreatenedOne", "met": true, "text": "The commune has no café, or its café is threatened."},
         {"criterion": "premisesAvailable", "met": true, "text": "The commune has, or knows of, fit premises."},
         {"criterion": "carriedByMayor", "met": true, "text": "The mayor carries the file."}]
        """;

    public const string Parts = """
        [{"criterion": "noOtherShop", "points": 55, "maximum": 55}, {"criterion": "cafeMissing", "points": 20, "maximum": 20},
         {"criterion": "residentsInvolved", "points": 15, "maximum": 15}, {"criterion": "housingForTwo", "points": 10, "maximum": 10}]
        """;
}
