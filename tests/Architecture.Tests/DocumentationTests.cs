using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class DocumentationTests
{
    [Fact]
    public void The_documentation_leads_where_it_says() => Rule.Holds(
        [.. Repository.Files("docs", "*.md").Append("README.md").Select(path => new DocumentationPage(path, Repository.Read(path)))],
        DocumentationRules.Links(path => Path.Exists(Path.Combine(Repository.Root, path))));

    [Fact]
    public void A_planted_link_that_leads_nowhere_is_found() => Rule.Finds<DocumentationPage>(
        [new("docs/page.md", "[here](other.md) [there](../README.md#words) [away](https://example.org/) [below](#words) [nowhere](adr/none.md)")],
        DocumentationRules.Links(path => path is "docs/other.md" or "docs/../README.md"),
        "docs/page.md leads to adr/none.md, which is not there.");
}
