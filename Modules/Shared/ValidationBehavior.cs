using System.Collections.Immutable;
using System.Text.Json;
using FluentValidation;
using MediatR;

namespace MilleCafes.Shared;

/// <summary>Refuses a malformed request with all of its faulty fields before its handler runs.</summary>
public sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : IRefusable<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var fields = ImmutableArray.CreateBuilder<FieldError>();
        foreach (var validator in validators)
        {
            var outcome = await validator.ValidateAsync(request, cancellationToken);
            fields.AddRange(outcome.Errors.Select(failure => new FieldError(
                Pointer(failure.PropertyName), FieldErrors.CodeOf(failure.ErrorCode), failure.ErrorMessage)));
        }

        return fields.Count == 0 ? await next() : TResponse.Refuse(CommonErrors.Malformed with { Fields = fields.ToImmutable() });
    }

    // « Contact.Email » and « EventTypes[2] » become « /contact/email » and « /eventTypes/2 » (RFC 6901)
    private static string Pointer(string property) => string.Concat(
        property.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.')
            .Select(step => "/" + JsonNamingPolicy.CamelCase.ConvertName(step)));
}
