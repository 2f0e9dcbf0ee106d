using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class AuditTests
{
    private const string Here = "MilleCafes.Architecture.Tests.Planted";

    private static readonly IReadOnlyList<DocumentWrite> Planted = AuditRules.Discover(CodeTests.Planted);

    [Fact]
    public void Whatever_is_written_is_in_the_audit_or_marked_as_bookkeeping() => Rule.Holds(AuditRules.Discover(Product.Code), AuditRules.Unseen);

    [Fact]
    public void Entries_of_the_audit_are_changed_by_an_erasure_only()
    {
        var changes = AuditRules.Discover(Product.Code).Where(write => write is { Document.Name: "AuditEntry", Member: not "Insert" }).ToList();

        Rule.Holds(changes, AuditRules.Entries);
    }

    [Fact]
    public void Nobody_changes_entries_of_the_audit_by_other_means() => Rule.Holds(Product.Code, AuditRules.EntriesOtherwise);

    [Fact]
    public void The_documentation_tells_what_is_not_audited() => Rule.Holds(AuditRules.Bookkeeping(Product.Types), AuditRules.ToldBy(Repository.Read("docs/access.md")));

    [Fact]
    public void Planted_writes_that_the_audit_would_not_know_are_found() => Rule.Finds(
        Planted, AuditRules.Unseen,
        $"{Here}.WritesUnseen writes a PlantedDocument by Insert: the audit would not know. Create and Change of SessionUpdates tell it.",
        $"{Here}.WritesUnseen writes a PlantedDocument by UpdateNext: the audit would not know. Create and Change of SessionUpdates tell it.",
        $"{Here}.WritesUnseen writes a T by Delete: the audit would not know. Create and Change of SessionUpdates tell it.");

    [Fact]
    public void A_planted_change_of_entries_is_found() => Rule.Finds(
        Planted, AuditRules.Entries, $"{Here}.Rewrites calls Change on entries of the audit: only an erasure changes them.");

    [Fact]
    public void A_planted_statement_that_changes_entries_is_found() => Rule.Finds(
        CodeTests.Planted, AuditRules.EntriesOtherwise, $"{Here}.Rewrites says « delete from access.mt_doc_auditentry »: only an insert may name the table of the audit.");

    [Fact]
    public void Planted_bookkeeping_that_is_not_told_is_found() => Rule.Finds(
        AuditRules.Bookkeeping([typeof(Planted.PlantedBookkeeping)]), AuditRules.ToldBy("Only `PlantedBookkeeping` is."),
        "PlantedBookkeeping.Tries is not audited, and docs/access.md does not say so.");
}
