namespace MilleCafes.Shared;

/// <summary>Stays out of the audit, which outlives what it tells of: a secret, or what stands for one.</summary>
/// <param name="reason">What whoever reads it could do.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnauditedAttribute(string reason) : Attribute
{
    public string Reason => reason;
}
