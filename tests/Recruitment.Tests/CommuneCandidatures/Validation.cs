using FluentValidation;
using MediatR;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

/// <summary>Runs a validator as the pipeline does.</summary>
internal static class Validation
{
    /// <summary>The faults found, as « pointer code », and none when the handler was reached.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync<TRequest, TAnswer>(this IValidator<TRequest> validator, TRequest request)
        where TRequest : IRequest<Result<TAnswer>>
    {
        var reached = false;
        var behavior = new ValidationBehavior<TRequest, Result<TAnswer>>([validator]);
        var answer = await behavior.Handle(request, () =>
        {
            reached = true;
            return Task.FromResult(Result<TAnswer>.Refuse(CommuneCandidatureErrors.Unknown));
        }, CancellationToken.None);
        var malformed = answer.Error!.Code == CommonErrors.Malformed.Code;
        return malformed != reached
            ? [.. answer.Error.Fields.Select(field => $"{field.Pointer} {field.Code}").Order(StringComparer.Ordinal)]
            : throw new InvalidOperationException("A malformed request must not reach its handler, and any other must.");
    }

    public static Task<IReadOnlyList<string>> FaultsAsync<TRequest>(this IValidator<TRequest> validator, TRequest request)
        where TRequest : IRequest<Result<CommuneCandidatureView>> => validator.FaultsAsync<TRequest, CommuneCandidatureView>(request);
}
