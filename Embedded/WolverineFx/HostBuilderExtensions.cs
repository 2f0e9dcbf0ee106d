using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Wolverine.Persistence.Durability;
using Wolverine.Runtime;

namespace Wolverine;

/// <summary>Adds messages to an application.</summary>
public static class HostBuilderExtensions
{
    public static IHostApplicationBuilder UseWolverine(this IHostApplicationBuilder builder, Action<WolverineOptions> configure)
    {
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(WolverineRuntime)))
        {
            throw new InvalidOperationException("Wolverine was added already: use ConfigureWolverine to add to its options.");
        }

        var options = new WolverineOptions();
        configure(options);
        services.AddSingleton(options);
        services.AddSingleton<WolverineRuntime>();
        services.AddSingleton<IWolverineRuntime>(provider => provider.GetRequiredService<WolverineRuntime>());
        services.AddSingleton<IMessageStore>(provider => provider.GetRequiredService<WolverineRuntime>().Storage);
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<WolverineRuntime>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped(provider => new MessageContext(provider.GetRequiredService<WolverineRuntime>()));
        services.AddScoped<IMessageContext>(provider => provider.GetRequiredService<MessageContext>());
        services.AddScoped<IMessageBus>(provider => provider.GetRequiredService<MessageContext>());
        services.AddScoped<ICommandBus>(provider => provider.GetRequiredService<MessageContext>());
        return builder;
    }

    /// <summary>Adds to the options from anywhere, before or after <c>UseWolverine</c>.</summary>
    public static IServiceCollection ConfigureWolverine(this IServiceCollection services, Action<WolverineOptions> configure) =>
        services.AddSingleton<IWolverineExtension>(new LambdaExtension(configure));

    /// <summary>A bus outside of any request or handler.</summary>
    public static IMessageBus MessageBus(this IHost host) => new MessageContext(host.Services.GetRequiredService<WolverineRuntime>());

    public static ValueTask SendAsync<T>(this IHost host, T message, DeliveryOptions? options = default) => host.MessageBus().SendAsync(message, options);

    public static Task InvokeAsync<T>(this IHost host, T command) where T : notnull => host.MessageBus().InvokeAsync(command);

    private sealed class LambdaExtension(Action<WolverineOptions> configure) : IWolverineExtension
    {
        public void Configure(WolverineOptions options) => configure(options);
    }
}
