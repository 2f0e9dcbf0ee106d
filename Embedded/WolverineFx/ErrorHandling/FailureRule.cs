namespace Wolverine.ErrorHandling;

internal enum FailureActionKind
{
    Retry,
    Schedule,
    Requeue,
    MoveToErrorQueue,
    Discard
}

internal sealed record FailureStep(FailureActionKind Kind, TimeSpan Delay = default);

/// <summary>What to do after the first, second, … failed attempt for the exceptions one policy matches.</summary>
internal sealed class FailureRule(Func<Exception, bool> matches)
{
    private static readonly FailureStep GiveUp = new(FailureActionKind.MoveToErrorQueue);

    // Without any policy: three attempts in all, as in the published package
    private static readonly FailureRule Default = new(_ => true)
    {
        Steps = { new FailureStep(FailureActionKind.Requeue), new FailureStep(FailureActionKind.Requeue) }
    };

    public Func<Exception, bool> Matches { get; } = matches;

    public List<FailureStep> Steps { get; } = [];

    public static FailureStep Decide(IEnumerable<FailureRule> rules, Exception exception, int attempts)
    {
        var rule = rules.FirstOrDefault(candidate => candidate.Steps.Count > 0 && candidate.Matches(exception)) ?? Default;
        return attempts <= rule.Steps.Count ? rule.Steps[Math.Max(attempts, 1) - 1] : GiveUp;
    }
}
