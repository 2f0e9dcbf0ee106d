using MilleCafes.Shared;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MilleCafes.Architecture.Tests;

/// <summary>A place in the code that stores or takes out documents.</summary>
/// <param name="IsAudited">Whether it is by a member that writes the entry too.</param>
internal sealed record DocumentWrite(TypeDefinition By, string Member, TypeReference Document, bool IsAudited);

/// <summary>What is written has its entry in the audit, and entries stay as they are.</summary>
internal static class AuditRules
{
    private const string Entry = "MilleCafes.Host.Access.Audit.AuditEntry";
    private const string Erasure = "MilleCafes.Host.Access.Reactions.EraseFromAuditOnPersonalDataErasedHandler";

    // Gives entries of former releases the form of today
    private const string Upgrade = "MilleCafes.Host.Access.Audit.AuditUpgrade";

    private static readonly string[] Raw = ["Insert", "Store", "Update", "UpdateRevision", "Delete", "DeleteWhere"];
    private static readonly string[] Audited = ["MilleCafes.Shared.ModuleSession`1", "MilleCafes.Shared.SessionUpdates"];

    public static IReadOnlyList<DocumentWrite> Discover(IEnumerable<TypeDefinition> types) =>
        [.. types.Where(type => !Audited.Contains(type.FullName)).SelectMany(type => Generic(type).Where(IsWrite).Select(call => new DocumentWrite(
            type, call.Name, call.GenericArguments[0], call.DeclaringType.Namespace != "Marten" && call.Name != nameof(SessionUpdates.UpdateNext))))];

    /// <summary>Sessions know of no audit; SessionUpdates and ModuleSession do.</summary>
    public static IEnumerable<string> Unseen(IEnumerable<DocumentWrite> writes) => writes
        .Where(write => !write.IsAudited && (write.Document is GenericParameter || (IsDocument(write.Document.Resolve()) && !IsMarked(write.Document.Resolve()))))
        .Select(write => $"{write.By.FullName} writes a {write.Document.Name} by {write.Member}: the audit would not know. Create and Change of SessionUpdates tell it.");

    /// <summary>Of those that could, only the erasure changes entries.</summary>
    public static IEnumerable<string> Entries(IEnumerable<DocumentWrite> writes) => writes
        .Where(write => write.Document.Name == Entry.Split('.')[^1] && write.Member != "Insert" && write.By.FullName != Erasure)
        .Select(write => $"{write.By.FullName} calls {write.Member} on entries of the audit: only an erasure changes them.");

    /// <summary>Nor does anybody by SQL of their own, or by a helper that takes any document.</summary>
    public static IEnumerable<string> EntriesOtherwise(IEnumerable<TypeDefinition> types)
    {
        var all = types.ToList();
        var helpers = Discover(all).Where(write => write.Document is GenericParameter).Select(write => write.By.FullName).ToHashSet();
        return all.Where(type => type.FullName != Upgrade).SelectMany(type => type.AllMethods().SelectMany(IntermediateLanguage.Instructions).Where(one => one.OpCode == OpCodes.Ldstr).Select(one => (string)one.Operand)
                .Where(text => text.Contains("mt_doc_auditentry", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("insert into ", StringComparison.Ordinal))
                .Select(text => $"{type.FullName} says « {text} »: only an insert may name the table of the audit."))
            .Concat(all.SelectMany(type => Generic(type).Where(call => helpers.Contains(call.DeclaringType.FullName) && call.GenericArguments.Any(argument => argument.FullName == Entry))
                .Select(call => $"{type.FullName} hands entries of the audit to {call.Name}: only an erasure changes them.")));
    }

    /// <summary>Types, and members as Type.Member, that are marked as bookkeeping.</summary>
    public static IReadOnlyList<string> Bookkeeping(IEnumerable<Type> types) =>
        [.. types.SelectMany(type => type.GetProperties().Where(member => member.IsDefined(typeof(UnauditedAttribute), inherit: false)).Select(member => $"{type.Name}.{member.Name}")
            .Concat(type.IsDefined(typeof(UnauditedAttribute), inherit: false) ? [type.Name] : []))];

    /// <summary>Whoever reads the audit can know what is not in it.</summary>
    public static Func<IEnumerable<string>, IEnumerable<string>> ToldBy(string page) => marked => marked
        .Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)).Select(name => $"{name} is not audited, and docs/access.md does not say so.");

    private static IEnumerable<GenericInstanceMethod> Generic(TypeDefinition type) => type.AllMethods().SelectMany(IntermediateLanguage.Calls).OfType<GenericInstanceMethod>();

    private static bool IsWrite(GenericInstanceMethod call) =>
        (call.DeclaringType.FullName == "Marten.IDocumentOperations" && Raw.Contains(call.Name)) || call.DeclaringType.FullName == "MilleCafes.Shared.SessionUpdates"
        || (call.DeclaringType.GetElementType().FullName == "MilleCafes.Shared.ModuleSession`1" && Raw.Contains(call.Name));

    private static bool IsMarked(TypeDefinition type) => type.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == typeof(UnauditedAttribute).FullName);

    private static bool IsDocument(TypeDefinition? type) => type is not null && (type.FullName == "MilleCafes.Shared.Document" || IsDocument(type.BaseType?.Resolve()));
}
