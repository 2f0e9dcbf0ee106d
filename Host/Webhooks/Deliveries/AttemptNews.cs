namespace MilleCafes.Host.Webhooks.Deliveries;

/// <summary>What an attempt says of its subscription.</summary>
internal enum AttemptNews
{
    /// <summary>Nothing that was not known.</summary>
    None,

    /// <summary>It takes events again.</summary>
    Recovered,

    /// <summary>It begins to fail.</summary>
    Failing,

    /// <summary>It wants nothing more.</summary>
    Gone,
}
