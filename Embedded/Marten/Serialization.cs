using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
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
        public DocumentSerializer(JsonSerializerOptions? options, EnumStorage enumStorage, Casing casing, Action<JsonSerializerOptions>? configure)
        {
            EnumStorage = enumStorage;
            Options = options is null ? new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping } : new(options);
            Options.PropertyNamingPolicy = casing switch
            {
                Casing.CamelCase => JsonNamingPolicy.CamelCase,
                Casing.SnakeCase => JsonNamingPolicy.SnakeCaseLower,
                _ => Options.PropertyNamingPolicy,
            };
            if (enumStorage == EnumStorage.AsString)
            {
                Options.Converters.Add(new JsonStringEnumConverter());
            }

            configure?.Invoke(Options);
            Options.MakeReadOnly(populateMissingResolver: true);
        }

        public EnumStorage EnumStorage { get; }

        public JsonSerializerOptions Options { get; }

        /// <summary>An enum's value as the documents hold it: its name, or its number.</summary>
        public object EnumValue(object value)
        {
            var json = JsonSerializer.SerializeToElement(value, value.GetType(), Options);
            return json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetInt64();
        }
    }
}
