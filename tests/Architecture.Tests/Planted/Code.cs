using Marten;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Shared;
using Wolverine;

namespace MilleCafes.Architecture.Tests.Planted;

internal sealed class PublishesByItself(IMessageBus bus)
{
    public ValueTask SayAsync(LetterSent message) => bus.PublishAsync(message);
}

internal static class SchedulesByItself
{
    public static async Task SayAsync(IServiceProvider services, LetterSent message)
    {
        var context = services.GetRequiredService<IMessageContext>();
        await context.PublishAsync(message);
    }
}

internal static class OpensItsOwnStore
{
    public static void Register(IServiceCollection services) => services.AddMartenStore<IPlantedStore>(_ => new StoreOptions());
}

internal static class LooksAtTheClock
{
#pragma warning disable RS0030 // Planted: this is what the rule must find
    public static async Task<DateTimeOffset> TellAsync()
    {
        await Task.Yield();
        return DateTimeOffset.UtcNow;
    }

    public static IEnumerable<Guid> Ids(int count) => Enumerable.Range(0, count).Select(_ => Guid.NewGuid());
#pragma warning restore RS0030
}

internal static class Improvises
{
    public static Error Refuse() => Error.Conflict("planted.elsewhere", "Ailleurs.", "Elsewhere.");

    public static Error Explain() => PlantedErrors.Locked with { English = "Knock." };
}

internal static class SilentErrors
{
    public static readonly Error Locked = Error.Conflict("planted.locked", "La serrure est bloquée.", "The lock is stuck.");
    public static readonly Error Untranslated = Error.Conflict("planted.untranslated", "Untranslated.", "Untranslated.");
    public static readonly Error Empty = Error.Conflict("planted.empty", "", "Empty.");
    public static readonly Error Foreign = Error.Conflict("elsewhere.foreign", "Hors de son module.", "Out of its module.");
    public static readonly Error BadCode = Error.Conflict("planted/bad", "Ce code n'en est pas un.", "This code is none.");
}
