using Microsoft.AspNetCore.Builder;
using MilleCafes.Architecture.Tests;
using MilleCafes.Host;
using Xunit;

[assembly: AssemblyFixture(typeof(RealApplication))]

namespace MilleCafes.Architecture.Tests;

/// <summary>The application as it is put together, never started: its database is never opened.</summary>
public sealed class RealApplication : IAsyncDisposable
{
    private readonly WebApplication application = MilleCafesApplication.Build(
        WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }), "Host=localhost;Database=never_opened", TextWriter.Null);

    public RealApplication() => Operations = Operation.Of(application);

    public IServiceProvider Services => application.Services;

    internal IReadOnlyList<Operation> Operations { get; }

    /// <summary>The operations that the API's document shows.</summary>
    internal IReadOnlyList<Operation> Documented => [.. Operations.Where(operation => operation.Documented)];

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
