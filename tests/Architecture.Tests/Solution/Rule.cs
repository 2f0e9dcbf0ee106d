using Xunit;

namespace MilleCafes.Architecture.Tests;

/// <summary>A rule takes what it judges and returns each violation as a sentence.</summary>
internal static class Rule
{
    /// <summary>Holds over something: a rule that finds nothing to judge has gone blind, and fails.</summary>
    public static void Holds<T>(IReadOnlyCollection<T> subjects, Func<IReadOnlyCollection<T>, IEnumerable<string>> rule)
    {
        Assert.NotEmpty(subjects);
        var violations = rule(subjects).ToList();
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }

    /// <summary>Finds the planted violations, in these words, and nothing else.</summary>
    public static void Finds<T>(IReadOnlyCollection<T> planted, Func<IReadOnlyCollection<T>, IEnumerable<string>> rule, params string[] sentences)
    {
        Assert.NotEmpty(sentences);
        Assert.Equal(sentences.Order(StringComparer.Ordinal), rule(planted).Order(StringComparer.Ordinal));
    }
}
