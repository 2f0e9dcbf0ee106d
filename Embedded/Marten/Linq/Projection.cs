using System.Linq.Expressions;
using System.Reflection;
using Marten.Sessions;
using Npgsql;

namespace Marten.Linq;

/// <summary>A Select: the members it needs become columns, and each row is built from them; nothing is computed on the way.</summary>
internal sealed class Projection
{
    private readonly PredicateTranslator _predicates;
    private readonly ParameterExpression _parameter;
    private readonly Locator _root;
    private readonly DocumentSerializer _serializer;
    private readonly Func<NpgsqlDataReader, object?> _build;

    public Projection(LambdaExpression selector, PredicateTranslator predicates, Locator root, DocumentSerializer serializer)
    {
        (_predicates, _parameter, _root, _serializer) = (predicates, selector.Parameters[0], root, serializer);
        _build = Node(selector.Body);
    }

    public List<string> Columns { get; } = [];

    public T Read<T>(NpgsqlDataReader reader) => _build(reader) is { } value ? (T)value : default!;

    private Func<NpgsqlDataReader, object?> Node(Expression expression)
    {
        if (Captured.IsIn(expression) && expression is not NewExpression and not MemberInitExpression)
        {
            var value = Captured.Value(expression);
            if (Columns.Count == 0)
            {
                Columns.Add("1");
            }

            return _ => value;
        }

        switch (expression)
        {
            case NewExpression { Constructor: { } constructor } creation:
                var arguments = creation.Arguments.Select(Node).ToArray();
                return reader => constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, Array.ConvertAll(arguments, argument => argument(reader)), null);
            case MemberInitExpression { NewExpression: var creation, Bindings: var bindings }:
                var create = Node(creation);
                var setters = bindings.Select(binding => binding is MemberAssignment { Member: PropertyInfo property } assignment
                    ? (Property: property, Value: Node(assignment.Expression))
                    : throw Captured.Refuse(expression)).ToArray();
                return reader =>
                {
                    var created = create(reader);
                    Array.ForEach(setters, setter => setter.Property.SetValue(created, setter.Value(reader)));
                    return created;
                };
            case UnaryExpression { NodeType: ExpressionType.Convert } lift when Nullable.GetUnderlyingType(lift.Type) == lift.Operand.Type:
                return Node(lift.Operand);
            case UnaryExpression { NodeType: ExpressionType.Convert }:
                throw Captured.Refuse(expression);
            default:
                return Column(expression);
        }
    }

    private Func<NpgsqlDataReader, object?> Column(Expression expression)
    {
        var member = _predicates.Locate(expression, _parameter, _root);
        var (ordinal, type) = (Columns.Count, _serializer.Options.GetTypeInfo(member.Type));
        Columns.Add(member.Json ?? $"to_jsonb({member.Sql})");
        return reader => reader.IsDBNull(ordinal) ? null : JsonColumn.Read(reader, ordinal, type);
    }
}
