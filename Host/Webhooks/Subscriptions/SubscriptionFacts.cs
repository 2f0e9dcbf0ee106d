using FluentValidation;
using FluentValidation.Results;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using MilleCafes.Shared.Mail;

namespace MilleCafes.Host.Webhooks.Subscriptions;

/// <summary>How much of an event is sent.</summary>
internal enum WebhookFormat
{
    /// <summary>All that the event says.</summary>
    Full,

    /// <summary>Its ids and the address to read the rest at.</summary>
    Thin,
}

/// <summary>What a subscriber says when subscribing and may change later; null says nothing.</summary>
internal interface ISubscriptionFacts
{
    string? Url { get; }

    IReadOnlyList<string>? EventTypes { get; }

    WebhookFilters? Filters { get; }

    WebhookFormat? Format { get; }

    string? Description { get; }

    string? ContactEmail { get; }
}

/// <summary>What is asked of those facts, whenever they are given.</summary>
internal static class SubscriptionRules
{
    private const int MostTypes = 50;

    public static void CheckFacts<T>(this AbstractValidator<T> validator, WebhookSettings settings, CommuneRegistry communes)
        where T : ISubscriptionFacts
    {
        validator.RuleFor(request => request.Url).MaximumLength(2_000).Custom((url, context) =>
        {
            if (url is { Length: > 0 } && EndpointAddress.Check(url, settings.AllowLoopback) is { } refusal)
            {
                context.AddFailure(new ValidationFailure(context.PropertyPath, refusal.Text) { ErrorCode = refusal.Code });
            }
        });
        validator.RuleFor(request => request.EventTypes).Must(types => types is null || types.Count <= MostTypes)
            .WithErrorCode("too_many").WithMessage(_ => Language.Choose($"{MostTypes} types au plus.", $"{MostTypes} types at most."));
        validator.RuleForEach(request => request.EventTypes).Must(type => type is not null && EventCatalogue.Knows(type))
            .WithErrorCode("unknown_event_type").WithMessage(_ => Language.Choose("Ce type d'événement n'existe pas.", "There is no such type of event."));
        validator.RuleFor(request => request.Filters).SetValidator(new WebhookFiltersValidator(communes)!);
        validator.RuleFor(request => request.Description).MaximumLength(500);
        validator.RuleFor(request => request.ContactEmail).Cascade(CascadeMode.Stop).MaximumLength(320).MailAddress();
    }
}
