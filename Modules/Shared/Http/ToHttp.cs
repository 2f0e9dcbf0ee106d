using Microsoft.AspNetCore.Http;

namespace MilleCafes.Shared;

/// <summary>Turns the result of a decision into an answer.</summary>
public static class ToHttpExtensions
{
    /// <summary>200 with the value, or the problem.</summary>
    public static async Task<IResult> ToHttp<T>(this Task<Result<T>> result) =>
        await result is var answer && answer.IsRefused(out var error) ? new ProblemResult(error) : new Answer<T>(answer.Value);

    /// <summary>201 with the value and where it lives, or the problem.</summary>
    public static async Task<IResult> ToCreated<T>(this Task<Result<T>> result, Func<T, string> location) =>
        await result is var answer && answer.IsRefused(out var error) ? new ProblemResult(error) : new Answer<T>(answer.Value, StatusCodes.Status201Created, location(answer.Value));

    /// <summary>202 with the value and where to follow what is still being done, or the problem.</summary>
    public static async Task<IResult> ToAccepted<T>(this Task<Result<T>> result, Func<T, string> location) =>
        await result is var answer && answer.IsRefused(out var error) ? new ProblemResult(error) : new Answer<T>(answer.Value, StatusCodes.Status202Accepted, location(answer.Value));

    /// <summary>202 with what there is to say and nothing to follow, or the problem.</summary>
    public static async Task<IResult> ToAccepted<T>(this Task<Result<T>> result) =>
        await result is var answer && answer.IsRefused(out var error) ? new ProblemResult(error) : new Answer<T>(answer.Value, StatusCodes.Status202Accepted);

    /// <summary>204, or the problem.</summary>
    public static async Task<IResult> ToNoContent(this Task<Result<Done>> result) =>
        await result is var answer && answer.IsRefused(out var error) ? new ProblemResult(error) : TypedResults.NoContent();

    /// <summary>200 in another form than the API's own, such as one that a standard prescribes, or the problem.</summary>
    public static IResult ToForm<T>(this Result<T> result, Func<T, IResult> form) => result.IsRefused(out var error) ? new ProblemResult(error) : form(result.Value);
}
