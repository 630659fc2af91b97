using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fireworks.DpoJobs;

/// <summary>One request: what is sent, whether it may be repeated, and how the response is read.</summary>
/// <typeparam name="T">What the response is read as.</typeparam>
/// <param name="Method">The HTTP method.</param>
/// <param name="Response">How a successful response is read.</param>
internal sealed record ApiRequest<T>(HttpMethod Method, ResponseReader<T> Response)
{
    private readonly bool? _isRepeatable;

    /// <summary>
    /// The path below the address of the service, without a leading slash, for example <c>v1/accounts</c>. Its parts must need
    /// no escaping. The request carries the API key.
    /// </summary>
    public string Path { get; init; } = "";

    /// <summary>The parameters of the query. One without a value is left out.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Query { get; init; } = [];

    /// <summary>
    /// An absolute address that replaces <see cref="Path"/> and <see cref="Query"/>. It is a secret itself: it never receives
    /// the API key and is never shown. It must be https, or on this machine. Null for a call of the API.
    /// </summary>
    public Uri? SignedAddress { get; init; }

    /// <summary>The JSON to send. Null for a request without a body.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The position of the first byte to request, from 0. Null to request the whole resource.</summary>
    public long? FirstByte { get; init; }

    /// <summary>
    /// Whether the request may be sent again although the service may have executed it. By default true for all methods but
    /// POST: repeating them has no further effect.
    /// </summary>
    public bool IsRepeatable
    {
        get => _isRepeatable ?? Method != HttpMethod.Post;
        init => _isRepeatable = value;
    }

    /// <summary>What the request does, for the advice in errors.</summary>
    public ApiOperation Operation { get; init; }

    /// <summary>The address that the request is sent to.</summary>
    public Uri ToUri(FwConnection connection)
    {
        if (SignedAddress is not null)
        {
            return SignedAddress;
        }
        var text = new StringBuilder(connection.BaseUri.AbsoluteUri).Append(Path);
        var separator = '?';
        foreach (var parameter in Query)
        {
            if (!string.IsNullOrEmpty(parameter.Value))
            {
                text.Append(separator).Append(parameter.Key).Append('=').Append(Uri.EscapeDataString(parameter.Value!));
                separator = '&';
            }
        }
        return new Uri(text.ToString());
    }

    /// <summary>Method and address for logs and errors, without secrets.</summary>
    public string Describe(FwConnection connection)
    {
        var address = SignedAddress is { } signed
            ? $"{signed.Scheme}://{signed.Authority}/(signed address)"
            : connection.ApiKey.Redact(Redaction.Redact(ToUri(connection)));
        return $"{Method} {address}";
    }
}

/// <summary>Bodies of requests.</summary>
internal static class RequestBody
{
    /// <summary>An empty JSON object: calls such as <c>:cancel</c> require a body without contents.</summary>
    public static byte[] Empty => [(byte)'{', (byte)'}'];

    /// <summary>A model as JSON.</summary>
    public static byte[] Json<T>(T model, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(model, type);
}
