using System.Xml.Linq;
using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class BoundaryTests
{
    [Fact]
    public void Projects_see_what_they_may_see() => Rule.Holds(Repository.Projects, BoundaryRules.ProjectReferences);

    [Fact]
    public void Every_project_is_in_the_solution() => Rule.Holds(Repository.Projects, BoundaryRules.InSolution(Repository.Read("MilleCafes.sln")));

    [Fact]
    public void Assemblies_use_what_they_may_use() => Rule.Holds([.. Product.Assemblies.Select(AssemblyShape.Of)], BoundaryRules.AssemblyReferences);

    [Fact]
    public void Every_kind_of_project_was_found() => Assert.Equal(
        Enum.GetValues<ProjectKind>().Except([ProjectKind.Elsewhere]), Repository.Projects.Select(project => project.Kind).Distinct().Order());

    [Fact]
    public void A_planted_reference_to_another_module_is_found() => Rule.Finds(
        [Project("Modules/Recruitment/Recruitment/Recruitment.csproj", """
            <ProjectReference Include="../../Shared/Shared.csproj" />
            <ProjectReference Include="..\..\Accompaniment\Accompaniment.Contracts\Accompaniment.Contracts.csproj" />
            <ProjectReference Include="../../Accompaniment/Accompaniment/Accompaniment.csproj;../../../Host/Host.csproj" />
            <ProjectReference Include="../../../Embedded/Marten/Marten.csproj" />
            """)],
        BoundaryRules.ProjectReferences,
        "Recruitment references Accompaniment: a module sees Shared and contracts only.",
        "Recruitment references Host: a module sees Shared and contracts only.",
        "Recruitment references Marten: a module sees Shared and contracts only.");

    [Fact]
    public void Planted_contracts_that_reference_anything_are_found() => Rule.Finds(
        [Project("Modules/Network/Network.Contracts/Network.Contracts.csproj", """
            <ProjectReference Include="../../Shared/Shared.csproj" />
            <PackageReference Include="Marten" />
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            """)],
        BoundaryRules.ProjectReferences,
        "Network.Contracts references Marten: contracts reference nothing.",
        "Network.Contracts references Microsoft.AspNetCore.App: contracts reference nothing.",
        "Network.Contracts references Shared: contracts reference nothing.");

    [Fact]
    public void Planted_references_of_Shared_Host_and_the_stack_are_found() => Rule.Finds(
        [
            Project("Modules/Shared/Shared.csproj", """<ProjectReference Include="../Network/Network.Contracts/Network.Contracts.csproj" />"""),
            Project("Host/Host.csproj", """<ProjectReference Include="../Modules/*/*/*.csproj;../Embedded/Carter/Carter.csproj" />"""),
            Project("Embedded/Marten/Marten.csproj", """<ProjectReference Include="../../Modules/Shared/Shared.csproj" />"""),
            Project("Modules/Network/Extras/Extras.csproj", ""),
        ],
        BoundaryRules.ProjectReferences,
        "Host references Carter: Host sees modules only.",
        "Marten references Shared: the embedded stack knows nothing of its users.",
        "Modules/Network/Extras/Extras.csproj stands where no rule knows what it may see.",
        "Shared references Network.Contracts: Shared sees no project.");

    [Fact]
    public void A_planted_project_that_is_not_in_the_solution_is_found() => Rule.Finds(
        [Project("Modules/Ghost/Ghost/Ghost.csproj", ""), Project("Host/Host.csproj", "")], BoundaryRules.InSolution(Repository.Read("MilleCafes.sln")),
        "Modules/Ghost/Ghost/Ghost.csproj is not in the solution.");

    [Fact]
    public void Planted_uses_across_a_boundary_are_found() => Rule.Finds<AssemblyShape>(
        [
            new("MilleCafes.Network.Contracts", ["System.Runtime", "Marten", "MilleCafes.Shared"]),
            new("MilleCafes.Network", ["System.Runtime", "Marten", "MilleCafes.Shared", "MilleCafes.Recruitment.Contracts", "MilleCafes.Recruitment"]),
            new("MilleCafes.Shared", ["Marten", "MilleCafes.Network.Contracts"]),
            new("MilleCafes.Host", ["MilleCafes.Network"]),
        ],
        BoundaryRules.AssemblyReferences,
        "MilleCafes.Network uses MilleCafes.Recruitment.",
        "MilleCafes.Network.Contracts uses Marten.",
        "MilleCafes.Network.Contracts uses MilleCafes.Shared.",
        "MilleCafes.Shared uses MilleCafes.Network.Contracts.");

    private static ProjectFile Project(string path, string references) =>
        new(path, XDocument.Parse($"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{references}</ItemGroup></Project>"));
}
