using Microsoft.AspNetCore.Builder;
using MilleCafes.Architecture.Tests;
using MilleCafes.Host;
using Xunit;

[assembly: AssemblyFixture(typeof(RealApplication))]

namespace MilleCafes.Architecture.Tests;

/// <summary>The application as it is put together, never started: its database is never opened.</summary>
public sealed class RealApplication : IAsyncDisposable
{
    // Built by the first test that asks: when it cannot be, the rules that do not need it are judged all the same
    private readonly Lazy<WebApplication> application = new(() => MilleCafesApplication.Build(
        WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }), "Host=localhost;Database=never_opened", TextWriter.Null));

    public IServiceProvider Services => application.Value.Services;

    internal IReadOnlyList<Operation> Operations => Operation.Of(application.Value);

    /// <summary>The operations that the API's document shows.</summary>
    internal IReadOnlyList<Operation> Documented => [.. Operations.Where(operation => operation.Documented)];

    public ValueTask DisposeAsync() => application.IsValueCreated ? application.Value.DisposeAsync() : ValueTask.CompletedTask;
}
