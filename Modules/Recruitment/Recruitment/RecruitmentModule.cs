using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Recruitment.CafeCandidatures;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment;

/// <summary>Candidatures of communes, cafés and gérants, up to a gérant in post.</summary>
public sealed class RecruitmentModule : IModule
{
    public string Name => "recruitment";

    public IReadOnlyList<SettingsClass> Settings => [SettingsClass.Of(OfferSettings.Read), SettingsClass.Of(GerantFormSettings.Read)];

    public void Register(IServiceCollection services) => services
        .AddModuleStore<IRecruitmentStore>(this, documents =>
        {
            documents.Listed<CommuneCandidature>()
                .Index(candidature => candidature.InseeCode)
                .UniqueIndex(candidature => candidature.OpenInseeCode!);
            documents.Listed<CafeCandidature>()
                .Index([candidature => candidature.Status, candidature => candidature.Id])
                .Index([candidature => candidature.InseeCode, candidature => candidature.Id])
                .Index([candidature => candidature.Departement, candidature => candidature.Id])
                .Index([candidature => candidature.Siret, candidature => candidature.Id])
                .Index([candidature => candidature.Eligibility.Eligible, candidature => candidature.Id])
                .Index([candidature => candidature.SubmittedBy, candidature => candidature.Id])
                .UniqueIndex(candidature => candidature.OpenSiret!);
            documents.AddOffers();
            documents.AddGerantCandidatures();
            SelectionDocuments.Declare(documents);
        })
        .AddOfferClocks()
        .AddGerantForm();
}
