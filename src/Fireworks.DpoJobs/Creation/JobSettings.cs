using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fireworks.DpoJobs;

/// <summary>
/// The fields of a job that are set, by their JSON path (<c>trainingConfig.learningRate</c>). A schedule without settings is
/// an entry itself, because its presence is the setting.
/// </summary>
internal sealed class JobSettings
{
    private static readonly JsonSerializerOptions Shown = new(FireworksJsonContext.WithSecrets.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>The value of a path. Null removes it, and is the value of a path that is not set.</summary>
    public object? this[string path]
    {
        get => _values.TryGetValue(path, out var value) ? value : null;
        set
        {
            if (value is null)
            {
                _values.Remove(path);
            }
            else
            {
                _values[path] = value;
            }
        }
    }

    /// <summary>The paths that are set.</summary>
    public IReadOnlyCollection<string> Paths => _values.Keys;

    /// <summary>Whether a path is set, or one below it.</summary>
    public bool Contains(string path) =>
        _values.ContainsKey(path) || Paths.Any(other => other.StartsWith(path + ".", StringComparison.Ordinal));

    /// <summary>Removes all paths with a prefix.</summary>
    public void RemoveAll(string prefix)
    {
        foreach (var path in Paths.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).ToList())
        {
            _values.Remove(path);
        }
    }

    /// <summary>Reads the known fields of a job. Unspecified enum values and empty lists are not settings.</summary>
    public static JobSettings Of(DpoJob job)
    {
        var settings = new JobSettings();
        settings.Add(job, "");
        return settings;
    }

    /// <summary>A job with these fields.</summary>
    public DpoJob ToJob()
    {
        var job = new DpoJob();
        CopyTo(job);
        return job;
    }

    /// <summary>Sets these fields of a job.</summary>
    public void CopyTo(DpoJob job)
    {
        foreach (var pair in _values)
        {
            Set(job, pair.Key.Split('.'), pair.Value);
        }
    }

    /// <summary>The body of a request, for logs and prompts: without secrets.</summary>
    public string Describe()
    {
        var shown = new JobSettings();
        var secret = (this[SettingPath.WandbApiKey] as SecretText)?.Reveal();
        foreach (var pair in _values)
        {
            shown[pair.Key] = pair.Value switch
            {
                SecretText hidden => new SecretText(hidden.ToString()),
                // A secret that was passed in the wrong place, too.
                string text when !string.IsNullOrEmpty(secret) => text.Replace(secret!, "(secret)"),
                var value => value,
            };
        }
        var json = JsonSerializer.Serialize(shown.ToJob(), (JsonTypeInfo<DpoJob>)Shown.GetTypeInfo(typeof(DpoJob)));
        return ControlCharacters.MakeVisible(json);
    }

    /// <summary>The path as PowerShell spells it, <c>TrainingConfig.LearningRate</c>.</summary>
    public static string ToProperty(string path) => string.Join(".", path.Split('.').Select(WireName.ToPascalCase));

    /// <summary>A value for messages, in one line.</summary>
    public static string Format(object? value) =>
        value switch
        {
            null => "not set",
            ApiObject => "set",
            string text => Truncation.Truncate(ControlCharacters.MakeVisible(SecretPatterns.Redact(text)), 100),
            IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Format)),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    private void Add(ApiObject part, string prefix)
    {
        foreach (var property in Properties(part))
        {
            var path = prefix + property.Name;
            switch (property.Get!(part))
            {
                case null:
                case string text when ApiObject.IsUnspecified(text):
                case ICollection { Count: 0 }:
                case IReadOnlyCollection<string?> { Count: 0 }:
                    break;
                case ApiObject inner:
                    var count = _values.Count;
                    Add(inner, path + ".");
                    if (_values.Count == count && inner is ConstantSchedule or DecaySchedule)
                    {
                        _values[path] = inner;
                    }
                    break;
                case var value:
                    _values[path] = value;
                    break;
            }
        }
    }

    private static void Set(ApiObject part, string[] path, object value)
    {
        for (var i = 0; i < path.Length - 1; i++)
        {
            var property = Properties(part).First(property => property.Name == path[i]);
            var inner = (ApiObject?)property.Get!(part);
            if (inner is null)
            {
                inner = (ApiObject)property.Options.GetTypeInfo(property.PropertyType).CreateObject!();
                property.Set!(part, inner);
            }
            part = inner;
        }
        Properties(part).First(property => property.Name == path[path.Length - 1]).Set!(part, value);
    }

    private static IEnumerable<JsonPropertyInfo> Properties(ApiObject part) =>
        FireworksJsonContext
            .Default.GetTypeInfo(part.GetType())!
            .Properties.Where(property => property is { IsExtensionData: false, Get: not null, Set: not null });
}
