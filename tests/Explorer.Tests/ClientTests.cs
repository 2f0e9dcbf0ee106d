using System.Text.Json;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Explorer.Tests;

/// <summary>A client that a machine made from the document does what partners do, checked by a strict compiler and by the running host.</summary>
public sealed class ClientTests(MilleCafesHost host)
{
    [Fact]
    public async Task A_generated_client_compiles_strictly_and_plays_a_candidature()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateDirectory(Path.Combine(Tool.Folder, $"client-{Guid.CreateVersion7():n}")).FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "v1.json"), await new Documents(host).ReadAsync(Documents.French), token);
            File.Copy(Path.Combine(Tool.Folder, "story.ts"), Path.Combine(folder, "story.ts"));

            var generated = await Tool.RunAsync("node_modules/openapi-typescript/bin/cli.js", Path.Combine(folder, "v1.json"), "--output", Path.Combine(folder, "schema.d.ts"));
            Assert.True(generated.Code == 0, generated.Errors + generated.Output);
            var compiled = await Tool.RunAsync(
                "node_modules/typescript/bin/tsc", "--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--noUnusedLocals", "--target", "es2022",
                "--module", "nodenext", "--lib", "es2022,dom,dom.iterable", "--outDir", folder, Path.Combine(folder, "story.ts"));
            Assert.True(compiled.Code == 0, compiled.Output + compiled.Errors);

            var commune = host.NextInseeCode();
            var played = await Tool.RunAsync(Path.Combine(folder, "story.js"), host.Anonymous.BaseAddress!.ToString().TrimEnd('/'), host.AdministratorKey, commune);
            Assert.True(played.Code == 0, played.Errors);
            var told = JsonElement.Parse(played.Output);

            Assert.Equal("recruitment.candidature_already_open", told.GetProperty("refusal").GetString());
            Assert.Equal("accepted", told.GetProperty("status").GetString());
            Assert.Equal([told.GetProperty("id").GetGuid()], told.GetProperty("found").EnumerateArray().Select(id => id.GetGuid()));
            Assert.Equal(JsonValueKind.Null, told.GetProperty("next").ValueKind);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
