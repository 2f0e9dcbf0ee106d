using FluentValidation;

namespace MilleCafes.Shared;

/// <summary>What every list can be asked.</summary>
public interface IListRequest
{
    int? Limit { get; }

    string? After { get; }

    DateTimeOffset? UpdatedSince { get; }
}

/// <summary>What every list refuses.</summary>
public abstract class ListValidator<T> : AbstractValidator<T>
    where T : IListRequest
{
    protected ListValidator()
        : this(cursor => Paging.TryParse(typeof(T), cursor, out _))
    {
    }

    /// <param name="isGiven">Whether the list gives such cursors.</param>
    protected ListValidator(Func<string?, bool> isGiven)
    {
        RuleFor(query => query.Limit).InclusiveBetween(1, Paging.MaximumLimit);
        RuleFor(query => query.After).Must(isGiven).WithErrorCode("bad_cursor").WithMessage(_ => CommonErrors.BadCursor.Text);
    }
}
