using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;

namespace MilleCafes.Shared;

/// <summary>How many bytes a request may bring.</summary>
public static class BodySize
{
    /// <summary>1 MiB.</summary>
    public const int Usual = 1024 * 1024;

    /// <summary>10 MiB.</summary>
    public const int Batch = 10 * Usual;

    /// <summary>Takes many things at once, and so ten times as many bytes as others.</summary>
    public static TBuilder TakesBatches<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new BatchSize());

    private sealed class BatchSize : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => Batch;
    }
}
