namespace MilleCafes.Scenarios.Tests.PersonalData;

/// <summary>The time as it is, and as it will be: it goes on, and can be moved ahead.</summary>
internal sealed class MovedClock : TimeProvider
{
    private TimeSpan ahead;

    public void Move(TimeSpan by) => ahead += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
