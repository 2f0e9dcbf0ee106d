using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Marten.Exceptions;
using Weasel.Postgresql.Tables;

namespace Weasel.Postgresql.Tables
{
    /// <summary>The access method of an index.</summary>
    public enum IndexMethod
    {
        btree,
        hash,
        gist,
        gin,
        brin,
    }

    /// <summary>One index of a table: its name and what PostgreSQL is told about it (published: Weasel).</summary>
    public abstract class IndexDefinition
    {
        private string? _name;

        public string Name
        {
            get => _name ?? DeriveName();
            set => _name = value;
        }

        public bool IsUnique { get; set; }

        /// <summary>The rows that the index covers, as SQL; all when null.</summary>
        public string? Predicate { get; set; }

        public IndexMethod Method { get; set; }

        internal abstract IEnumerable<string> Expressions(Marten.Schema.DocumentStorage storage);

        internal string ToSql(Marten.Schema.DocumentStorage storage) =>
            $"CREATE {(IsUnique ? "UNIQUE " : "")}INDEX {Marten.Schema.Identifier.Quote(Name)} ON {storage.Table} USING {Method} " +
            $"({string.Join(", ", Expressions(storage))}){(Predicate is null ? "" : $" WHERE ({Predicate})")}";

        private protected abstract string DeriveName();
    }
}

namespace Marten.Schema
{
    /// <summary>How a unique index reads its members.</summary>
    public enum UniqueIndexType
    {
        DuplicatedField,
        Computed,
    }

    /// <summary>An index on columns of the table.</summary>
    public class DocumentIndex : IndexDefinition
    {
        private readonly DocumentMapping _mapping;
        private readonly string[] _columns;
        private readonly string _suffix;

        internal DocumentIndex(DocumentMapping mapping, string[] columns, string suffix) =>
            (_mapping, _columns, _suffix) = (mapping, columns, suffix);

        internal override IEnumerable<string> Expressions(DocumentStorage storage) => _columns;

        private protected override string DeriveName() => $"mt_doc_{_mapping.Alias}_{(IsUnique ? "uidx" : "idx")}_{_suffix}";
    }

    /// <summary>An index on expressions over the JSON, the very expressions that queries use.</summary>
    public class ComputedIndex : IndexDefinition
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

    /// <summary>The members that an index expression walks through.</summary>
    internal static class MemberPath
    {
        public static MemberInfo[] Of(LambdaExpression expression)
        {
            var paths = All(expression);
            return paths.Length == 1 ? paths[0] : throw new BadLinqExpressionException($"One member is expected here: {expression}");
        }

        /// <summary>One path, or one per member of an anonymous object.</summary>
        public static MemberInfo[][] All(LambdaExpression expression) => expression.Body is NewExpression { Arguments: var arguments }
            ? [.. arguments.Select(argument => Walk(argument, expression))]
            : [Walk(expression.Body, expression)];

        public static string ColumnName(MemberInfo[] path) => string.Join("_", path.Select(member => SnakeCase(member.Name)));

        private static MemberInfo[] Walk(Expression body, LambdaExpression whole)
        {
            var path = new Stack<MemberInfo>();
            while (body is UnaryExpression { NodeType: ExpressionType.Convert } convert)
            {
                body = convert.Operand;
            }

            for (; body is MemberExpression member; body = member.Expression!)
            {
                if (!(member.Member.Name == "Value" && Nullable.GetUnderlyingType(member.Expression!.Type) is not null))
                {
                    path.Push(member.Member);
                }
            }

            return body is ParameterExpression && path.Count > 0
                ? [.. path]
                : throw new BadLinqExpressionException($"Only members of the document can be indexed: {whole}");
        }

        private static string SnakeCase(string name)
        {
            var result = new StringBuilder();
            foreach (var letter in name)
            {
                if (char.IsUpper(letter) && result.Length > 0)
                {
                    result.Append('_');
                }

                result.Append(char.ToLowerInvariant(letter));
            }

            return result.ToString();
        }
    }
}
