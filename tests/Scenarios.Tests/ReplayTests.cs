using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Recruitment.Contracts;
using MilleCafes.Testing;
using Wolverine;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests;

/// <summary>A message that comes again finds what it did the first time.</summary>
public sealed class ReplayTests(MilleCafesHost host)
{
    [Fact]
    public async Task An_acceptance_told_three_times_opens_one_project()
    {
        var code = host.NextInseeCode();
        var accepted = new CommuneCandidatureAccepted(Guid.CreateVersion7(), code, "Sénergues", "80", TimeProvider.System.GetUtcNow());

        Assert.Single((await TellAsync(accepted)).Sent.MessagesOf<CafeProjectOpened>());
        Assert.Empty((await TellAsync(accepted)).Sent.MessagesOf<CafeProjectOpened>());
        Assert.Empty((await TellAsync(accepted)).Sent.MessagesOf<CafeProjectOpened>());

        var project = Assert.Single((await host.Administrator.ReadAsync($"{Projects}?inseeCode={code}"))["items"]!.AsArray())!;
        Assert.Equal("definition", project["phase"].Text());
        Assert.Equal(accepted.CandidatureId, project["candidatureId"]!.GetValue<Guid>());
    }

    private Task<Wolverine.Tracking.ITrackedSession> TellAsync(CommuneCandidatureAccepted message) =>
        host.TrackAsync(async () => await host.Host.MessageBus().PublishAsync(message));
}
