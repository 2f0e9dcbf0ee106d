using Microsoft.Extensions.DependencyInjection;
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
            documents.AddOffers();
            documents.AddGerantCandidatures();
            SelectionDocuments.Declare(documents);
        })
        .AddOfferClocks()
        .AddGerantForm();
}
