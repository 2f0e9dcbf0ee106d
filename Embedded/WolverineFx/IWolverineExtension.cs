namespace Wolverine;

/// <summary>A reusable piece of configuration.</summary>
public interface IWolverineExtension
{
    void Configure(WolverineOptions options);
}
