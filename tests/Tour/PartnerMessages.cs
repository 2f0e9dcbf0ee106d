using System.Text.Json;

namespace MilleCafes.Tour;

/// <summary>What the API says, as far as the tour reads it.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal sealed record CommuneFound(string InseeCode, string Name, string Departement, int Population, bool Eligible);

/// <param name="Suggestions">The official names closest to one that is not official.</param>
internal sealed record CommunesFound(IReadOnlyList<CommuneFound> Items, IReadOnlyList<CommuneFound>? Suggestions);

internal sealed record PremisesSent(bool Available, string? Description, int? SurfaceSquareMetres, bool HousingForTwo);

internal sealed record ContactSent(string Name, string Role, string Email);

internal sealed record CandidatureSent(
    string InseeCode, string CafeSituation, int OtherShops, bool CarriedByMayor, PremisesSent Premises, bool ResidentsInvolved, ContactSent Contact);

internal sealed record EligibilityTold(bool Eligible, int Population, int RegistryYear);

internal sealed record PriorityTold(int Score);

internal sealed record CandidatureTold(Guid Id, string Status, EligibilityTold Eligibility, PriorityTold Priority);

internal sealed record ProjectTold(Guid Id, string Phase, Guid CandidatureId);

internal sealed record SubscriptionSent(string Url, IReadOnlyList<string> EventTypes);

internal sealed record SubscriptionTold(Guid Id, string? Secret);

internal sealed record ProblemTold(string? Title, string? Detail, string? Code);

/// <summary>The body of a webhook.</summary>
internal sealed record WebhookTold(string Type, DateTimeOffset Timestamp, JsonElement Data);
