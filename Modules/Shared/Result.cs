using System.Diagnostics.CodeAnalysis;

namespace MilleCafes.Shared;

/// <summary>What the pipeline needs to answer with a refusal without knowing the type of the answer.</summary>
public interface IRefusable<TSelf>
    where TSelf : IRefusable<TSelf>
{
    static abstract TSelf Refuse(Error error);
}

/// <summary>The answer of a decision: a value, or the refusal that explains why there is none.</summary>
public sealed class Result<T> : IRefusable<Result<T>>
{
    private readonly T? value;

    private Result(T? value, Error? error) => (this.value, Error) = (value, error);

    /// <summary>The refusal, or null when there is a value.</summary>
    public Error? Error { get; }

    /// <summary>The value; asking a refusal for it is a bug.</summary>
    public T Value => Error is null ? value! : throw new InvalidOperationException($"There is no value: {Error.Code}.");

    public static Result<T> Refuse(Error error) => new(default, error);

    public bool IsRefused([NotNullWhen(true)] out Error? error)
    {
        error = Error;
        return error is not null;
    }

    /// <summary>Goes on with the value; a refusal passes through.</summary>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next) => Error is null ? next(value!) : Error;

    /// <summary>The value seen otherwise; a refusal passes through.</summary>
    public Result<TNext> Select<TNext>(Func<T, TNext> view) => Error is null ? view(value!) : Error;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => Refuse(error);
}

/// <summary>The value of an act that has nothing to say.</summary>
public sealed record Done
{
    public static readonly Done Value = new();
}
