using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marten.Exceptions;
using Weasel.Core;

namespace Weasel.Core
{
    /// <summary>How enums are written in the documents.</summary>
    public enum EnumStorage
    {
        AsInteger,
        AsString,
    }

    /// <summary>How the members of documents are named in JSON.</summary>
    public enum Casing
    {
        Default,
        CamelCase,
        SnakeCase,
    }

    /// <summary>What a bulk insert does about documents that are already there.</summary>
    public enum BulkInsertMode
    {
        InsertsOnly,
        IgnoreDuplicates,
        OverwriteExisting,
        OverwriteIfVersionMatches,
    }
}

namespace Marten
{
    /// <summary>The JSON of documents, by System.Text.Json (published: SystemTextJsonSerializer).</summary>
    internal sealed class DocumentSerializer
    {
        public DocumentSerializer(EnumStorage enumStorage, Casing casing, Action<JsonSerializerOptions>? configure)
        {
            EnumStorage = enumStorage;
            Options.PropertyNamingPolicy = casing switch
            {
                Casing.CamelCase => JsonNamingPolicy.CamelCase,
                Casing.SnakeCase => JsonNamingPolicy.SnakeCaseLower,
                _ => null,
            };
            if (enumStorage == EnumStorage.AsString)
            {
                Options.Converters.Add(new JsonStringEnumConverter());
            }

            configure?.Invoke(Options);
            Options.MakeReadOnly(populateMissingResolver: true);
        }

        public EnumStorage EnumStorage { get; }

        public JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        /// <summary>A writer that gives the very bytes of the options' own.</summary>
        public Utf8JsonWriter WriterTo(IBufferWriter<byte> buffer) => new(buffer, new JsonWriterOptions { Encoder = Options.Encoder, SkipValidation = true });

        /// <summary>An enum's value as the documents hold it: its name, or its number.</summary>
        public object EnumValue(object value)
        {
            var json = JsonSerializer.SerializeToElement(value, value.GetType(), Options);
            return (EnumStorage, json.ValueKind) switch
            {
                (EnumStorage.AsString, JsonValueKind.String) => json.GetString()!,
                (EnumStorage.AsString, _) => json.GetRawText(),
                (_, JsonValueKind.Number) => json.GetInt64(),
                _ => throw new BadLinqExpressionException($"{value.GetType().Name}.{value} is stored by name, unlike the store's other enums"),
            };
        }
    }
}
