using System.Reflection;
using Marten.Schema;

namespace Weasel.Postgresql.Tables
{
    /// <summary>One index of a table: its name and what PostgreSQL is told about it (published: Weasel).</summary>
    public abstract class IndexDefinition
    {
        private string? _name;

        public string Name
        {
            get => _name ?? DeriveName();
            set => _name = value;
        }

        internal bool IsUnique { get; init; }

        internal string Method { get; init; } = "btree";

        internal abstract IEnumerable<string> Expressions(DocumentStorage storage);

        internal string ToSql(DocumentStorage storage) =>
            $"CREATE {(IsUnique ? "UNIQUE " : "")}INDEX {Identifier.Quote(Name)} ON {storage.Table} USING {Method} " +
            $"({string.Join(", ", Expressions(storage))})";

        private protected abstract string DeriveName();
    }
}

namespace Marten.Schema
{
    /// <summary>An index on a column of the table.</summary>
    public class DocumentIndex : Weasel.Postgresql.Tables.IndexDefinition
    {
        private readonly DocumentMapping _mapping;
        private readonly string _column;
        private readonly string _suffix;

        internal DocumentIndex(DocumentMapping mapping, string column, string suffix) => (_mapping, _column, _suffix) = (mapping, column, suffix);

        internal override IEnumerable<string> Expressions(DocumentStorage storage) => [_column];

        private protected override string DeriveName() => $"mt_doc_{_mapping.Alias}_{(IsUnique ? "uidx" : "idx")}_{_suffix}";
    }

    /// <summary>An index on expressions over the JSON, the very expressions that queries use.</summary>
    public class ComputedIndex : Weasel.Postgresql.Tables.IndexDefinition
    {
        private readonly DocumentMapping _mapping;
        private readonly MemberInfo[][] _members;

        internal ComputedIndex(DocumentMapping mapping, MemberInfo[][] members) => (_mapping, _members) = (mapping, members);

        /// <summary>Letter case under which strings are indexed.</summary>
        public enum Casings
        {
            Default,
            Upper,
            Lower,
        }

        public Casings Casing { get; set; }

        internal override IEnumerable<string> Expressions(DocumentStorage storage) => _members.Select(path =>
        {
            var locator = storage.Locators.Of(path, "");
            return "(" + (locator.Type != typeof(string) ? locator.Sql : Casing switch
            {
                Casings.Lower => locator.Lower,
                Casings.Upper => locator.Upper,
                _ => locator.Sql,
            }) + ")";
        });

        private protected override string DeriveName() =>
            $"mt_doc_{_mapping.Alias}_{(IsUnique ? "uidx" : "idx")}_{string.Join("_", _members.Select(MemberPath.ColumnName))}";
    }
}
