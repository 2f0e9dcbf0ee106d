using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Recruitment.CafeCandidatures;
using MilleCafes.Recruitment.Clients;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.PersonalData;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment;

/// <summary>Candidatures of communes, cafés and gérants, up to a gérant in post.</summary>
public sealed class RecruitmentModule : IModule
{
    public string Name => "recruitment";

    public IReadOnlyList<SettingsClass> Settings =>
    [
        SettingsClass.Of(PriorityWeights.Read), SettingsClass.Of(OfferSettings.Read), SettingsClass.Of(GerantFormSettings.Read), SettingsClass.Of(RetentionSettings.Read),
    ];

    public void Register(IServiceCollection services) => services
        .AddModuleStore<IRecruitmentStore>(this, documents =>
        {
            documents.AddCommuneCandidatures();
            documents.AddCafeCandidatures();
            documents.AddOffers();
            documents.AddGerantCandidatures();
            SelectionDocuments.Declare(documents);
            documents.AddWaiting();
            documents.For<KnownClient>().UseNumericRevisions(true);
        })
        .AddSingleton<CandidatureGrounds>()
        .AddOfferClocks()
        .AddGerantForm()
        .AddWaiting()
        .AddPersonalData();
}
