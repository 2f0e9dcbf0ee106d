using Microsoft.Extensions.DependencyInjection;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The services of the public form.</summary>
internal static class GerantForm
{
    public static IServiceCollection AddGerantForm(this IServiceCollection services) => services
        .AddSingleton<PendingCandidatures>()
        .AddSingleton<MergedCandidatures>()
        .AddSingleton<PersonCandidatures>()
        .AddSingleton<UnconfirmedClock>()
        .AddHostedService(provider => provider.GetRequiredService<UnconfirmedClock>());
}
