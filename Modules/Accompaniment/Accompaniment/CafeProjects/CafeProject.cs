using System.Linq.Expressions;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;

namespace MilleCafes.Accompaniment.CafeProjects;

/// <summary>The life cycle of a café (activity report 2023).</summary>
internal enum ProjectPhase
{
    Definition,
    Recruitment,
    Opening,
    Operation,
    Transition,
}

/// <summary>What a project starts with: a café that is to be, or one that is there.</summary>
internal enum ProjectBeginning
{
    FeasibilityStudy,
    Diagnosis,
}

/// <summary>One café from its definition to its transition.</summary>
internal sealed record CafeProject : Document, IVisible<CafeProject>
{
    public required Guid CandidatureId { get; init; }

    public required string InseeCode { get; init; }

    public required string CommuneName { get; init; }

    public required string Departement { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public ProjectPhase Phase { get; init; }

    public ProjectBeginning StartsWith { get; init; }

    string? IVisible<CafeProject>.WritingDepartement => Departement;

    public static Expression<Func<CafeProject, bool>>? VisibleTo(Holder holder)
    {
        var cafes = holder.Cafes.ToArray();
        return holder.Kind switch
        {
            HolderKind.Staff => null,
            HolderKind.Mairie => CommuneFilter.IsOneOf<CafeProject>(project => project.InseeCode, holder.InseeCodes),
            // A café has the id of the project it came from
            HolderKind.Gerant or HolderKind.Partner => project => cafes.Contains(project.Id),
            _ => Visibility.None<CafeProject>(),
        };
    }

    /// <summary>The id of the project that an accepted candidature leads to: the same however often the message comes.</summary>
    public static Guid IdFor(CommuneCandidatureAccepted accepted) => DerivedId.From(accepted.CandidatureId, nameof(CafeProject), accepted.AcceptedAt);

    public static CafeProject Open(CommuneCandidatureAccepted accepted, DateTimeOffset now) => new()
    {
        Id = IdFor(accepted),
        CandidatureId = accepted.CandidatureId,
        InseeCode = accepted.InseeCode,
        CommuneName = accepted.CommuneName,
        Departement = accepted.Departement,
        OpenedAt = now,
        Phase = ProjectPhase.Definition,
    };

    /// <inheritdoc cref="IdFor(CommuneCandidatureAccepted)"/>
    public static Guid IdFor(CafeCandidatureAccepted accepted) => DerivedId.From(accepted.CandidatureId, nameof(CafeProject), accepted.AcceptedAt);

    public static CafeProject Open(CafeCandidatureAccepted accepted, DateTimeOffset now) => new()
    {
        Id = IdFor(accepted),
        CandidatureId = accepted.CandidatureId,
        InseeCode = accepted.InseeCode,
        CommuneName = accepted.CommuneName,
        Departement = accepted.Departement,
        OpenedAt = now,
        Phase = ProjectPhase.Definition,
        StartsWith = ProjectBeginning.Diagnosis,
    };

    public CafeProjectOpened ToOpened() => new(
        Id, CandidatureId, InseeCode, CommuneName, Departement, OpenedAt, StartsWith == ProjectBeginning.Diagnosis ? "diagnosis" : "feasibilityStudy");
}
