using System.Linq.Expressions;
using System.Reflection;
using Marten;

namespace MilleCafes.Shared.Communes;

/// <summary>What stands under a commune, also under a code that it, or what merged into it, had before: documents keep the code of their day.</summary>
public static class CommuneFilter
{
    private static readonly MethodInfo AnyOf = ((MethodCallExpression)((Expression<Func<string, string[], bool>>)((code, codes) => code.IsOneOf(codes))).Body).Method;

    private static readonly MethodInfo Holds = ((MethodCallExpression)((Expression<Func<IReadOnlyList<string>, string, bool>>)((kept, code) => kept.Contains(code))).Body).Method;

    /// <summary>Those of a commune, by whichever of its codes; all of them when none is asked for.</summary>
    public static IQueryable<T> InCommune<T>(this IQueryable<T> documents, CommuneRegistry communes, string? inseeCode, Expression<Func<T, string?>> code) =>
        string.IsNullOrWhiteSpace(inseeCode) ? documents : documents.Where(IsOneOf(code, communes.CodesOf(inseeCode)));

    /// <summary>Whether a document stands under one of these codes; most communes have one, and are looked up in the order of an index.</summary>
    public static Expression<Func<T, bool>> IsOneOf<T>(Expression<Func<T, string?>> code, IReadOnlyList<string> codes) => Expression.Lambda<Func<T, bool>>(
        codes is [var only] ? Expression.Equal(code.Body, Expression.Constant(only)) : Expression.Call(AnyOf, code.Body, Expression.Constant(codes.ToArray())),
        code.Parameters);

    /// <summary>Whether a document keeps one of these codes among others.</summary>
    public static Expression<Func<T, bool>> HasOneOf<T>(Expression<Func<T, IReadOnlyList<string>>> kept, IReadOnlyList<string> codes) => Expression.Lambda<Func<T, bool>>(
        codes.Select(code => (Expression)Expression.Call(Holds, kept.Body, Expression.Constant(code))).DefaultIfEmpty(Expression.Constant(false)).Aggregate(Expression.OrElse),
        kept.Parameters);
}
