using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MilleCafes.Host.Platform;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

public sealed class ExceptionProblemsTests
{
    private readonly Journal journal = new();

    [Fact]
    public async Task A_fault_tells_the_client_its_trace_id_only_and_the_log_everything()
    {
        var (answer, status) = await HandleAsync(new InvalidOperationException("relation \"recruitment.secret\" does not exist"));

        Assert.Equal(StatusCodes.Status500InternalServerError, status);
        Assert.Equal("internal.fault", (string?)answer["code"]);
        Assert.DoesNotContain("secret", answer.ToJsonString(), StringComparison.Ordinal);
        var line = Assert.Single(journal.Lines);
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.Contains((string)answer["traceId"]!, line.Text, StringComparison.Ordinal);
        Assert.Contains("secret", line.Exception!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_request_leaves_no_line_in_the_log()
    {
        var (_, status) = await HandleAsync(new BadHttpRequestException("Failed to bind parameter \"int? Limit\" from \"x\"."));

        Assert.Equal(StatusCodes.Status400BadRequest, status);
        Assert.Empty(journal.Lines);
    }

    private async Task<(JsonNode Answer, int Status)> HandleAsync(Exception exception)
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        Assert.True(await new ExceptionProblems(journal).TryHandleAsync(http, exception, TestContext.Current.CancellationToken));
        http.Response.Body.Position = 0;
        return (JsonNode.Parse(http.Response.Body)!, http.Response.StatusCode);
    }

    private sealed record Line(LogLevel Level, string Text, Exception? Exception);

    private sealed class Journal : ILogger<ExceptionProblems>
    {
        public List<Line> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(new(logLevel, formatter(state, exception), exception));
    }
}
