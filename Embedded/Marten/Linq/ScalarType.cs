using NpgsqlTypes;
using Weasel.Core;

namespace Marten.Linq;

/// <summary>How a simple .NET type is read from JSON text and sent as a parameter, so that both sides compare alike.</summary>
/// <param name="PgType">What JSON text is cast to; null for text itself.</param>
/// <param name="DbType">The type parameters are sent as.</param>
/// <param name="Function">The immutable function that casts instead of a plain CAST: dates and times, on both sides.</param>
/// <param name="Convert">A .NET value as its parameter.</param>
internal sealed record ScalarType(string? PgType, NpgsqlDbType DbType, Type Sent, Func<object, object> Convert, string? Function = null)
{
    public static readonly ScalarType Text = new(null, NpgsqlDbType.Text, typeof(string), value => value);
    public static readonly ScalarType Integer = new("integer", NpgsqlDbType.Integer, typeof(int), value => System.Convert.ToInt32(value));

    private static readonly ScalarType BigInt = new("bigint", NpgsqlDbType.Bigint, typeof(long), value => System.Convert.ToInt64(value));
    private static readonly ScalarType Numeric = new("numeric", NpgsqlDbType.Numeric, typeof(decimal), value => System.Convert.ToDecimal(value));

    private static readonly Dictionary<Type, ScalarType> Known = new()
    {
        [typeof(string)] = Text,
        [typeof(bool)] = new("boolean", NpgsqlDbType.Boolean, typeof(bool), value => value),
        [typeof(int)] = Integer,
        [typeof(long)] = BigInt,
        [typeof(decimal)] = Numeric,
        [typeof(double)] = new("double precision", NpgsqlDbType.Double, typeof(double), value => value),
        [typeof(Guid)] = new("uuid", NpgsqlDbType.Uuid, typeof(Guid), value => value),
        [typeof(DateTimeOffset)] = Dated("timestamptz", value => ((DateTimeOffset)value).ToString("O")),
        [typeof(DateTime)] = Dated("timestamp", value => DateTime.SpecifyKind((DateTime)value, DateTimeKind.Unspecified).ToString("O")),
        [typeof(DateOnly)] = Dated("date", value => ((DateOnly)value).ToString("O")),
    };

    public static ScalarType? Of(Type type, DocumentSerializer serializer)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            return serializer.EnumStorage == EnumStorage.AsString
                ? Text with { Convert = serializer.EnumValue }
                : BigInt with { Convert = serializer.EnumValue };
        }

        return Known.GetValueOrDefault(type);
    }

    // Dates travel as text and are cast by the function that reads the JSON: the same rounding on both sides
    private static ScalarType Dated(string pgType, Func<object, object> convert) =>
        new(pgType, NpgsqlDbType.Text, typeof(string), convert, "mt_immutable_" + pgType);
}
