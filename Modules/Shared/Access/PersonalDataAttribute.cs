namespace MilleCafes.Shared;

/// <summary>Says something of a person: shown to holders who may read it, noted in the audit when it is, erased with the person.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalDataAttribute : Attribute;
