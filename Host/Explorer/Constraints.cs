using System.Globalization;
using FluentValidation.Validators;
using Microsoft.OpenApi;

namespace MilleCafes.Host.Explorer;

/// <summary>Says in JSON Schema what a check enforces.</summary>
internal static class Constraints
{
    public static bool Requires(MemberCheck check) => !check.Each && check.Check is INotNullValidator or INotEmptyValidator;

    public static void Write(OpenApiSchema schema, IPropertyValidator check)
    {
        switch (check)
        {
            case INotNullValidator:
                RefuseNull(schema);
                break;
            case INotEmptyValidator:
                RefuseNull(schema);
                RefuseEmpty(schema);
                break;
            case ILengthValidator length:
                schema.MinLength = length.Min > 0 ? length.Min : schema.MinLength;
                schema.MaxLength = length.Max > 0 ? length.Max : schema.MaxLength;
                break;
            case IRegularExpressionValidator expression:
                // JSON Schema has the expressions of JavaScript, whose « $ » is the end and nothing else
                schema.Pattern = expression.Expression.Replace(@"\A", "^", StringComparison.Ordinal).Replace(@"\z", "$", StringComparison.Ordinal);
                break;
            case IEmailValidator:
                schema.Format = "email";
                break;
            case IBetweenValidator between when between.Name.StartsWith("Inclusive", StringComparison.Ordinal):
                (schema.Minimum, schema.Maximum) = (Text(between.From), Text(between.To));
                break;
            case IBetweenValidator between:
                (schema.ExclusiveMinimum, schema.ExclusiveMaximum) = (Text(between.From), Text(between.To));
                break;
            case IComparisonValidator { ValueToCompare: { } value } comparison:
                Compare(schema, comparison.Comparison, Text(value));
                break;
        }
    }

    private static void RefuseNull(OpenApiSchema schema)
    {
        schema.Type &= ~JsonSchemaType.Null;
        schema.Enum?.Remove(JsonNullSentinel.JsonNull);
    }

    private static void RefuseEmpty(OpenApiSchema schema)
    {
        if (schema.Type is JsonSchemaType.String && schema.Format is null)
        {
            schema.MinLength ??= 1;
        }
        else if (schema.Type is JsonSchemaType.Array)
        {
            schema.MinItems ??= 1;
        }
    }

    private static void Compare(OpenApiSchema schema, Comparison comparison, string value)
    {
        switch (comparison)
        {
            case Comparison.GreaterThan:
                schema.ExclusiveMinimum = value;
                break;
            case Comparison.GreaterThanOrEqual:
                schema.Minimum = value;
                break;
            case Comparison.LessThan:
                schema.ExclusiveMaximum = value;
                break;
            case Comparison.LessThanOrEqual:
                schema.Maximum = value;
                break;
        }
    }

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
