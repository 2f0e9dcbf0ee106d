namespace MilleCafes.Shared;

/// <summary>What a member of the wire means, for the API's document in each language.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Field)]
public sealed class DescribedAttribute(string french, string english) : Attribute
{
    public string French { get; } = french;

    public string English { get; } = english;

    /// <summary>An example made of real data, written as JSON.</summary>
    public string? Example { get; init; }
}
