namespace MilleCafes.Shared;

/// <summary>What a member of the wire means, for the API's document in each language.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Field)]
public sealed class DescribedAttribute(string french, string english) : Attribute
{
    /// <summary>The example of an instant that is refused when it is long ago.</summary>
    public const string Yesterday = "yesterday";

    public string French { get; } = french;

    public string English { get; } = english;

    /// <summary>An example made of real data, written as JSON; or <see cref="Yesterday"/>.</summary>
    public string? Example { get; init; }

    /// <summary>The same in English, of what the API itself writes in the language of the request.</summary>
    public string? EnglishExample { get; init; }
}
