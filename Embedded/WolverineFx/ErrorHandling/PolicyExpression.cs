namespace Wolverine.ErrorHandling;

/// <summary>Anything failure policies can be declared on: the options and their policies.</summary>
public interface IWithFailurePolicies
{
    internal List<FailureRule> FailureRules { get; }
}

/// <summary>What can be done with a message whose handler failed.</summary>
public interface IFailureActions
{
    IAdditionalActions Discard();

    IAdditionalActions MoveToErrorQueue();

    IAdditionalActions RetryOnce();

    IAdditionalActions RetryWithCooldown(params TimeSpan[] delays);

    IAdditionalActions ScheduleRetry(params TimeSpan[] delays);
}

/// <summary>Continues a policy for when its first actions are used up.</summary>
public interface IAdditionalActions
{
    IFailureActions Then { get; }
}

/// <summary>One failure policy being written: which exceptions, then which actions.</summary>
public class PolicyExpression : IFailureActions, IAdditionalActions
{
    private readonly FailureRule rule;

    internal PolicyExpression(FailureRule rule) => this.rule = rule;

    IFailureActions IAdditionalActions.Then => this;

    public IAdditionalActions Discard() => Add(new FailureStep(FailureActionKind.Discard));

    public IAdditionalActions MoveToErrorQueue() => Add(new FailureStep(FailureActionKind.MoveToErrorQueue));

    public IAdditionalActions RetryOnce() => Add(new FailureStep(FailureActionKind.Retry));

    public IAdditionalActions RetryWithCooldown(params TimeSpan[] delays) =>
        Add([.. NotEmpty(delays).Select(delay => new FailureStep(FailureActionKind.Retry, delay))]);

    public IAdditionalActions ScheduleRetry(params TimeSpan[] delays) =>
        Add([.. NotEmpty(delays).Select(delay => new FailureStep(FailureActionKind.Schedule, delay))]);

    private static TimeSpan[] NotEmpty(TimeSpan[] delays) =>
        delays.Length > 0 ? delays : throw new InvalidOperationException("You must specify at least one delay");

    private PolicyExpression Add(params FailureStep[] steps)
    {
        rule.Steps.AddRange(steps);
        return this;
    }
}

/// <summary>Starts a failure policy by the exceptions it is for; the first that matches counts.</summary>
public static class ErrorHandlingPolicyExtensions
{
    public static PolicyExpression OnAnyException(this IWithFailurePolicies policies) => Start(policies, _ => true);

    public static PolicyExpression OnException<TException>(this IWithFailurePolicies policies) where TException : Exception =>
        Start(policies, exception => exception is TException);

    public static PolicyExpression OnException(
        this IWithFailurePolicies policies, Func<Exception, bool> exceptionPredicate, string description = "User supplied") =>
        Start(policies, exceptionPredicate);

    public static PolicyExpression OnException<TException>(
        this IWithFailurePolicies policies, Func<TException, bool> exceptionPredicate, string description = "User supplied")
        where TException : Exception =>
        Start(policies, exception => exception is TException typed && exceptionPredicate(typed));

    private static PolicyExpression Start(IWithFailurePolicies policies, Func<Exception, bool> matches)
    {
        var rule = new FailureRule(matches);
        policies.FailureRules.Add(rule);
        return new PolicyExpression(rule);
    }
}
