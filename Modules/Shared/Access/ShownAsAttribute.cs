namespace MilleCafes.Shared;

/// <summary>Says whose persons a view with an id shows, where its own name does not.</summary>
/// <param name="document">The type of the document that the id is of; null for a part of the thing around it.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShownAsAttribute(string? document) : Attribute
{
    /// <summary>The type of the document; null for a part of the thing around it.</summary>
    public string? Document { get; } = document;
}
