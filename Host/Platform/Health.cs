using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Deliveries;
using Npgsql;
using Wolverine.Runtime;

namespace MilleCafes.Host.Platform;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseHealth(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var command = database.CreateCommand("select 1");
        await command.ExecuteScalarAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

/// <summary>Whether this host takes part in the handling of messages: its node is in the table and its heart beats.</summary>
internal sealed class MessagesHealth(IWolverineRuntime runtime, NpgsqlDataSource database) : IHealthCheck
{
    // What a heartbeat may miss: a server that starts again, a machine that is busy
    private const int Beats = 5;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var durability = runtime.Options.Durability;
        await using var command = database.CreateCommand(
            $"""
            select (select extract(epoch from now() - health_check)::float8 from {durability.MessageStorageSchemaName}.wolverine_nodes where node_number = $1),
                   (select count(*) from (select from {durability.MessageStorageSchemaName}.wolverine_incoming_envelopes where status = 'Incoming' limit {HealthEndpoints.MostCounted}) waiting),
                   (select count(*) from (select from {durability.MessageStorageSchemaName}.wolverine_dead_letters limit {HealthEndpoints.MostCounted}) lost)
            """);
        command.Parameters.AddWithValue(durability.AssignedNodeNumber);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        double? silence = await reader.IsDBNullAsync(0, cancellationToken) ? null : Math.Round(Math.Max(0, reader.GetDouble(0)), 1);
        var figures = new Dictionary<string, object> { ["messagesWaiting"] = reader.GetInt64(1), ["deadLetters"] = reader.GetInt64(2) };
        if (silence is { } seconds)
        {
            figures["heartbeatSeconds"] = seconds;
        }

        return silence <= Beats * durability.HealthCheckPollingTime.TotalSeconds ? HealthCheckResult.Healthy(data: figures) : HealthCheckResult.Unhealthy(data: figures);
    }
}

/// <summary>Whether deliveries can be read, and how many wait; an endpoint that does not answer is no fault of ours.</summary>
internal sealed class WebhooksHealth(IWebhooksStore store, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var session = store.QuerySession();
        var since = time.GetUtcNow() - Late;
        var waiting = await session.Query<WebhookDelivery>().Where(delivery => delivery.Status == WebhookDeliveryStatus.Pending)
            .Take(HealthEndpoints.MostCounted).Select(delivery => delivery.Id).ToListAsync(cancellationToken);
        // Only what waits has an instant for its next attempt
        var late = await session.Query<WebhookDelivery>().Where(delivery => delivery.NextAttemptAt < since)
            .Take(HealthEndpoints.MostCounted).Select(delivery => delivery.Id).ToListAsync(cancellationToken);
        return HealthCheckResult.Healthy(data: new Dictionary<string, object> { ["webhooksWaiting"] = waiting.Count, ["webhooksLate"] = late.Count });
    }
}

/// <summary>What the parts said last; asked anew after a second, however many ask.</summary>
internal sealed class Readiness(HealthCheckService checks, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task<HealthReport>? last;
    private long asked;

    public Task<HealthReport> ReportAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (last is null || (last.IsCompleted && time.GetElapsedTime(asked) >= Fresh))
            {
                (last, asked) = (checks.CheckHealthAsync(CancellationToken.None), time.GetTimestamp());
            }

            return last.WaitAsync(cancellationToken);
        }
    }
}

internal static class HealthEndpoints
{
    /// <summary>Above it, the exact number changes nothing, and would take its time.</summary>
    public const int MostCounted = 10_000;

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>();
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", timeout: Limit)
            .AddCheck<MessagesHealth>("messages", timeout: Limit)
            .AddCheck<WebhooksHealth>("webhooks", timeout: Limit);
    }

    /// <summary>« live »: the process answers; « ready »: it can serve, and when it cannot, which part is missing.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/health/live", Methods, (HttpResponse response) => Answer(response, StatusCodes.Status200OK, new { status = "healthy" }))
            .ExcludeFromDescription().AllowAnonymous();
        endpoints.MapMethods("/health/ready", Methods, async (HttpResponse response, Readiness readiness, CancellationToken token) =>
            {
                var report = await readiness.ReportAsync(token);
                // Neither a reason nor an address: anybody may ask
                return Answer(response, report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK, new
                {
                    status = Word(report.Status),
                    parts = report.Entries.ToDictionary(part => part.Key, part => Word(part.Value.Status)),
                    figures = report.Entries.SelectMany(part => part.Value.Data).ToDictionary(),
                });
            })
            .ExcludeFromDescription().AllowAnonymous();
    }

    private static JsonHttpResult<T> Answer<T>(HttpResponse response, int status, T answer)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Json(answer, statusCode: status);
    }

    private static string Word(HealthStatus status) => status == HealthStatus.Healthy ? "healthy" : "unhealthy";
}
