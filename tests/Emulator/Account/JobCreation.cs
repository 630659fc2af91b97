using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// Checks the body of a request that creates a job, and fills in defaults. A job is created for Training V2, which rejects some
/// settings of older jobs.
/// </summary>
internal static partial class JobCreation
{
    private const string Training = "trainingConfig.";
    private const string Scheduler = Training + "lrScheduler";

    private static readonly string[] OutputOnly =
    [
        "name",
        "createTime",
        "completedTime",
        "createdBy",
        "state",
        "status",
        "trainerLogsSignedUrl",
        "wandbConfig.url",
    ];

    // Fields of older versions of the API.
    private static readonly string[] Removed = [Training + "region", Training + "acceleratorCount"];

    /// <summary>Reads a body.</summary>
    /// <param name="id">The id of the job.</param>
    /// <param name="body">The body.</param>
    /// <returns>The fields by their paths.</returns>
    /// <exception cref="ApiException">The service would reject the body.</exception>
    public static IReadOnlyDictionary<string, FieldValue> Read(string id, ReadOnlyMemory<byte> body)
    {
        var values = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        try
        {
            using var json = JsonDocument.Parse(body);
            ReadMessage(json.RootElement, JobSchema.Single, values);
        }
        catch (JsonException)
        {
            throw ApiException.Invalid("the body is not valid JSON");
        }

        Check(values);
        FillIn(id, values);
        return values;
    }

    public static bool IsId(string id) => IdPattern().IsMatch(id);

    private static void ReadMessage(JsonElement json, Field message, Dictionary<string, FieldValue> values)
    {
        Require(json, JsonValueKind.Object, message);
        foreach (var property in json.EnumerateObject())
        {
            if (message.Child(property.Name) is not { } field || Removed.Contains(field.Path))
            {
                throw ApiException.Invalid($"unknown field \"{property.Name}\"");
            }

            if (OutputOnly.Contains(field.Path))
            {
                throw ApiException.Invalid($"field \"{field.Path}\" is output only");
            }

            if (property.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (!values.TryAdd(field.Path, ReadValue(property.Value, field)))
            {
                throw ApiException.Invalid($"duplicate field \"{property.Name}\"");
            }

            if (field.Kind == FieldKind.Message)
            {
                ReadMessage(property.Value, field, values);
            }
        }
    }

    private static FieldValue ReadValue(JsonElement json, Field field)
    {
        switch (field.Kind)
        {
            case FieldKind.Message:
                Require(json, JsonValueKind.Object, field);
                return FieldValue.Message;
            case FieldKind.Integer:
                Require(json, JsonValueKind.Number, field);
                return json.TryGetInt32(out var integer)
                    ? FieldValue.Of((decimal)integer)
                    : throw ApiException.Invalid(
                        $"invalid value for int32 field \"{field.Path}\": {json.GetRawText()}"
                    );
            case FieldKind.Float:
                Require(json, JsonValueKind.Number, field);
                return FieldValue.Of(ToFloat(json.GetDouble(), field));
            case FieldKind.Boolean:
                return json.ValueKind is JsonValueKind.True or JsonValueKind.False
                    ? FieldValue.Of(json.GetBoolean())
                    : throw WrongType(field);
            case FieldKind.TextList:
                Require(json, JsonValueKind.Array, field);
                return json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
                    ? FieldValue.Of(json.EnumerateArray().Select(item => item.GetString()!).ToArray())
                    : throw WrongType(field);
            default:
                Require(json, JsonValueKind.String, field);
                var text = json.GetString()!;
                return field.Kind != FieldKind.Enum || field.EnumNames.Contains(text)
                    ? FieldValue.Of(text)
                    : throw ApiException.Invalid($"invalid value for enum field \"{field.Path}\": \"{text}\"");
        }
    }

    /// <summary>The service stores float32.</summary>
    private static decimal ToFloat(double value, Field field)
    {
        var text = ((float)value).ToString("R", CultureInfo.InvariantCulture);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiException.Invalid($"value of field \"{field.Path}\" is out of range");
    }

    private static void Check(Dictionary<string, FieldValue> values)
    {
        if (!DatasetPattern().IsMatch(Text(values, "dataset")))
        {
            throw ApiException.Invalid("dataset is required: accounts/{account}/datasets/{dataset}");
        }

        var models = new[] { "baseModel", "warmStartFrom" }.Count(name => Text(values, Training + name).Length > 0);
        if (models != 1)
        {
            throw ApiException.Invalid("exactly one of base_model and warm_start_from must be set");
        }

        var schedules = new[] { ".constant", ".linear", ".cosine" }.Count(name => values.ContainsKey(Scheduler + name));
        if (values.ContainsKey(Scheduler) && schedules != 1)
        {
            throw ApiException.Invalid("exactly one schedule of lr_scheduler must be set");
        }

        foreach (var name in new[] { "batchSize", "gradientAccumulationSteps", "jinjaTemplate" })
        {
            if (
                values.TryGetValue(Training + name, out var value)
                && (value.Number != 0 || value.Text is { Length: > 0 })
            )
            {
                throw ApiException.Invalid($"Training V2 does not support {name}");
            }
        }

        if (values.TryGetValue(Training + "maxContextLength", out var length) && length.Number % 16 != 0)
        {
            throw ApiException.Invalid("max_context_length must be a multiple of 16");
        }

        foreach (var (path, value) in values.Where(pair => pair.Value.Number < 0))
        {
            throw ApiException.Invalid($"{path} must not be negative: {value.Number}");
        }
    }

    private static void FillIn(string id, Dictionary<string, FieldValue> values)
    {
        var outputModel = Text(values, Training + "outputModel");
        values[Training + "outputModel"] = FieldValue.Of(
            outputModel.Contains('/')
                ? outputModel
                : $"{MadeUpAccount.Name}/models/{(outputModel.Length == 0 ? id : outputModel)}"
        );
        values["lossConfig"] = FieldValue.Message;
        values.TryAdd("lossConfig.method", FieldValue.Of("DPO"));
        values.TryAdd(Training + "epochs", FieldValue.Of(1m));
        values.TryAdd(Training + "learningRate", FieldValue.Of(0.0001m));
        values.TryAdd(Training + "loraRank", FieldValue.Of(8m));
        values.TryAdd(Training + "maxContextLength", FieldValue.Of(8192m));
        if (!values.TryGetValue(Training + "loraAlpha", out var alpha) || alpha.Number == 0)
        {
            values[Training + "loraAlpha"] = FieldValue.Of(2 * values[Training + "loraRank"].Number);
        }
    }

    private static string Text(Dictionary<string, FieldValue> values, string path) =>
        values.TryGetValue(path, out var value) ? value.Text ?? "" : "";

    private static void Require(JsonElement json, JsonValueKind kind, Field field)
    {
        if (json.ValueKind != kind)
        {
            throw WrongType(field);
        }
    }

    private static ApiException WrongType(Field field) =>
        ApiException.Invalid($"field \"{field.Path}\" has the wrong type");

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex IdPattern();

    [GeneratedRegex("^accounts/[^/]+/datasets/[^/]+$")]
    private static partial Regex DatasetPattern();
}
