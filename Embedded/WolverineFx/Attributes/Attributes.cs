using System.Reflection;
using Wolverine.ErrorHandling;

namespace Wolverine.Attributes;

/// <summary>Gives a message type a wire name of its own.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public class MessageIdentityAttribute(string alias) : Attribute
{
    public string Alias { get; } = alias;

    public int Version { get; set; }

    public string GetName() => Version == 0 ? Alias : $"{Alias}.V{Version}";
}

/// <summary>Marks a handler class, or method, that does not follow the naming convention.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public class WolverineHandlerAttribute : Attribute;

/// <summary>Hides a class or method from discovery.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public class WolverineIgnoreAttribute : Attribute;

/// <summary>A failure rule declared on a handler class or method; it goes before the global ones.</summary>
public abstract class FailureRuleAttribute : Attribute
{
    internal abstract FailureRule ToRule();

    internal static IEnumerable<FailureRule> On(MemberInfo member) =>
        member.GetCustomAttributes<FailureRuleAttribute>().Select(attribute => attribute.ToRule());
}

/// <summary>Retries at once, or after the given pauses, when the handler throws this exception.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public class RetryNowAttribute(Type exceptionType, params int[] cooldownTimeInMilliseconds) : FailureRuleAttribute
{
    internal override FailureRule ToRule()
    {
        var pauses = cooldownTimeInMilliseconds.Length == 0 ? [0, 0, 0] : cooldownTimeInMilliseconds;
        var rule = new FailureRule(exceptionType.IsInstanceOfType);
        rule.Steps.AddRange(pauses.Select(pause => new FailureStep(FailureActionKind.Retry, TimeSpan.FromMilliseconds(pause))));
        return rule;
    }
}

/// <summary>Puts the message back for later when the handler throws this exception.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public class ScheduleRetryAttribute(Type exceptionType, params int[] seconds) : FailureRuleAttribute
{
    internal override FailureRule ToRule()
    {
        var rule = new FailureRule(exceptionType.IsInstanceOfType);
        rule.Steps.AddRange(seconds.Select(delay => new FailureStep(FailureActionKind.Schedule, TimeSpan.FromSeconds(delay))));
        return rule;
    }
}
