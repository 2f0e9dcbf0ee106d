using Microsoft.Extensions.DependencyInjection;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>The services that look after what is kept of candidates.</summary>
internal static class PersonalDataServices
{
    public static IServiceCollection AddPersonalData(this IServiceCollection services) => services
        .AddSingleton(provider => new CandidateTerms(provider.GetRequiredService<RetentionSettings>()))
        .AddScoped<DueErasures>()
        .AddSingleton<RetentionClock>()
        .AddHostedService(provider => provider.GetRequiredService<RetentionClock>());
}
