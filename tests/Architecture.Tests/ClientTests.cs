using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class ClientTests
{
    private const string Ghost = """
        namespace Ghosts;

        internal sealed record Haunted(string House, HttpClient Guest);

        internal sealed class Ghost
        {
            private readonly HttpClient field = new() { Timeout = TimeSpan.FromSeconds(1) };
            private readonly Dictionary<string, string> other = new();

            public static Haunted Haunt() => new("here", new() { BaseAddress = new Uri("http://127.0.0.1/") });

            public static async Task<string> WailAsync()
            {
                using var http = new System.Net.Http.HttpClient();
                return await http.GetStringAsync("/");
            }
        }
        """;

    private static readonly IReadOnlyList<SourceFile> Found = [.. Repository.Files("tests", "*.cs").Select(path => new SourceFile(path, Repository.Read(path)))];

    [Fact]
    public void Tests_have_their_clients_from_Testing() => Rule.Holds(Found, ClientRules.Made);

    [Fact]
    public void Who_may_have_a_client_of_its_own_has_one() => Assert.All(
        ClientRules.Exempt.Keys, folder => Assert.Contains(Found, file => file.Path.StartsWith(folder, StringComparison.Ordinal) && file.Text.Contains("HttpClient", StringComparison.Ordinal)));

    [Fact]
    public void Planted_clients_are_found() => Rule.Finds<SourceFile>(
        [new("tests/Ghost.Tests/Ghost.cs", Ghost), new("tests/Tour/Ghost.cs", Ghost.Replace("Ghosts", "Guests", StringComparison.Ordinal))], ClientRules.Made,
        [.. new[] { 7, 10, 14 }.Select(line => $"tests/Ghost.Tests/Ghost.cs({line}) makes a client of its own: Clients in tests/Testing does, and checks its answers.")]);
}
