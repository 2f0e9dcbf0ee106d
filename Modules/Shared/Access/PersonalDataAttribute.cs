namespace MilleCafes.Shared;

/// <summary>Says something of a person: shown to holders who may read it, noted in the audit when it is, erased with the person.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalDataAttribute : Attribute
{
    /// <summary>A member of the same view: where it is true, whoever reads said it themselves, or it is nobody's words but ours.</summary>
    public string? Unless { get; init; }
}
