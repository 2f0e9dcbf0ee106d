using System.Collections.Immutable;
using System.Linq.Expressions;
using FluentValidation;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Shared;

namespace MilleCafes.Benchmarks.Pipeline;

/// <summary>Marks the document store of the benchmark's module (schema <c>items</c>).</summary>
public interface IItemStore : IDocumentStore;

internal sealed record ItemContact(string Name, string Email, string Phone);

/// <summary>What a café sends to be listed: about 570 bytes of JSON.</summary>
internal sealed record ItemFacts(
    string Name,
    string InseeCode,
    string Department,
    int Population,
    string Status,
    ImmutableArray<string> Services,
    double Lat,
    double Lon,
    string Model,
    IReadOnlyDictionary<string, string> OpeningHours,
    ItemContact Contact)
{
    private static readonly ImmutableArray<string> Phases = ["definition", "recruitment", "opening", "operation", "transition"];

    public static ItemFacts Make(int number) => new(
        $"Café du Lavoir et de la Halle no {number}", $"{Codes[number % Codes.Length]}{number % 1000:000}", Codes[number % Codes.Length], 612, Phases[number % Phases.Length],
        ["post-point", "parcel-relay", "grocery", "bread-depot", "digital-access"], 47.638, 6.863, "AssociativeWithEmployee",
        new Dictionary<string, string> { ["mon"] = "closed", ["tue"] = "08:00-13:00,16:00-20:00", ["wed"] = "08:00-13:00,16:00-20:00", ["thu"] = "08:00-13:00,16:00-20:00", ["fri"] = "08:00-13:00,16:00-22:00", ["sat"] = "09:00-22:00", ["sun"] = "09:00-13:00" },
        new($"Association des habitants {number}", $"cafe.du.lavoir.{number}@example.org", "+33555000000"));

    /// <summary>The départements of what is there before anything is measured.</summary>
    public static ImmutableArray<string> Codes { get; } = ["12", "35", "45", "62", "72", "80", "86", "88"];

    /// <summary>What the bare API asks, and what the validator of the slice asks.</summary>
    public bool IsValid() => Name is { Length: > 0 and <= 200 }
        && InseeCode is { Length: 5 } && InseeCode.StartsWith(Department ?? "?", StringComparison.Ordinal)
        && Population is > 0 and < 3500 && Phases.Contains(Status)
        && Services is { IsDefaultOrEmpty: false } && Services.All(service => service is { Length: > 0 and <= 60 })
        && Lat is >= -90 and <= 90 && Lon is >= -180 and <= 180
        && Model is { Length: > 0 } && OpeningHours is { Count: > 0 }
        && Contact is { Name.Length: > 0, Phone: not null } && Contact.Email?.Contains('@', StringComparison.Ordinal) is true;

    internal sealed class Validator : AbstractValidator<ItemFacts>
    {
        public Validator()
        {
            RuleFor(item => item.Name).NotEmpty().MaximumLength(200);
            RuleFor(item => item.InseeCode).NotNull().Length(5).Must((item, code) => code?.StartsWith(item.Department ?? "?", StringComparison.Ordinal) is true);
            RuleFor(item => item.Population).InclusiveBetween(1, 3499);
            RuleFor(item => item.Status).Must(status => Phases.Contains(status));
            RuleFor(item => item.Services).Must(services => !services.IsDefaultOrEmpty);
            RuleForEach(item => item.Services).NotEmpty().MaximumLength(60);
            RuleFor(item => item.Lat).InclusiveBetween(-90, 90);
            RuleFor(item => item.Lon).InclusiveBetween(-180, 180);
            RuleFor(item => item.Model).NotEmpty();
            RuleFor(item => item.OpeningHours).NotEmpty();
            RuleFor(item => item.Contact).NotNull().ChildRules(contact =>
            {
                contact.RuleFor(value => value.Name).NotEmpty();
                contact.RuleFor(value => value.Email).NotNull().EmailAddress();
                contact.RuleFor(value => value.Phone).NotNull();
            });
        }
    }
}

/// <summary>A document as the modules keep them.</summary>
internal sealed record Item : Document, IVisible<Item>
{
    public required string Name { get; init; }

    public required string InseeCode { get; init; }

    public required string Department { get; init; }

    public required int Population { get; init; }

    public required string Status { get; init; }

    public required ImmutableArray<string> Services { get; init; }

    public required double Lat { get; init; }

    public required double Lon { get; init; }

    public required string Model { get; init; }

    public required IReadOnlyDictionary<string, string> OpeningHours { get; init; }

    public required ItemContact Contact { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static Item Create(Guid id, ItemFacts facts, DateTimeOffset now) => new()
    {
        Id = id,
        Name = facts.Name,
        InseeCode = facts.InseeCode,
        Department = facts.Department,
        Population = facts.Population,
        Status = facts.Status,
        Services = facts.Services,
        Lat = facts.Lat,
        Lon = facts.Lon,
        Model = facts.Model,
        OpeningHours = facts.OpeningHours,
        Contact = facts.Contact,
        CreatedAt = now,
    };

    public static Expression<Func<Item, bool>>? VisibleTo(Holder holder)
    {
        var departement = holder.InseeCode;
        return holder.Kind == HolderKind.Staff ? null : item => item.Department == departement;
    }
}

/// <summary>What is told when an item is created.</summary>
public sealed record ItemCreated(Guid Id, string Name, string InseeCode, DateTimeOffset At);

/// <summary>As little as an effect can be: what is measured is the way there.</summary>
public static class ItemCreatedHandler
{
    public static void Handle(ItemCreated message) => ArgumentNullException.ThrowIfNull(message);
}

/// <summary>A module as the product's are, with one document.</summary>
internal sealed class ItemsModule : IModule
{
    public string Name => "items";

    public void Register(IServiceCollection services) => services.AddModuleStore<IItemStore>(this, documents => documents.Listed<Item>().Index([item => item.Department, item => item.Id]));
}
