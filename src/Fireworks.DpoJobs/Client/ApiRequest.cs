using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>One request: its contents, whether it may be repeated, and how the response is read.</summary>
/// <typeparam name="T">The type that the response is read as.</typeparam>
internal sealed record ApiRequest<T>(HttpMethod Method, ResponseReader<T> Response)
{
    private readonly bool? _isRepeatable;

    /// <summary>
    /// The path below the address of the service, without a leading slash, for example <c>v1/accounts</c>. Its parts must need
    /// no escaping. The request carries the API key.
    /// </summary>
    public string Path { get; init; } = "";

    /// <summary>The parameters of the query. One without a value is omitted.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Query { get; init; } = [];

    /// <summary>
    /// An absolute address that replaces <see cref="Path"/> and <see cref="Query"/>. It is a secret itself: it never receives
    /// the API key and is never shown. It must be https, or on this machine. Null for a call of the API.
    /// </summary>
    public Uri? SignedAddress { get; init; }

    /// <summary>The JSON to send; <c>{}</c> for calls such as <c>:cancel</c>. Null for a request without a body.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The position of the first byte to request, from 0. Null to request the whole resource.</summary>
    public long? FirstByte { get; init; }

    /// <summary>
    /// Whether the request may be sent again although the service may have executed it. By default true for the idempotent
    /// methods GET, HEAD, PUT and DELETE (RFC 9110, 9.2.2).
    /// </summary>
    public bool IsRepeatable
    {
        get =>
            _isRepeatable
            ?? (
                Method == HttpMethod.Get
                || Method == HttpMethod.Head
                || Method == HttpMethod.Put
                || Method == HttpMethod.Delete
            );
        init => _isRepeatable = value;
    }

    /// <summary>
    /// Whether the request belongs to work that has already succeeded in part, so that it waits longer for a service that
    /// restarts. Only for repeatable requests.
    /// </summary>
    public bool OutlastsRestart { get; init; }

    /// <summary>The kind of request, for the advice in errors.</summary>
    public ApiOperation Operation
    {
        get => SignedAddress is null ? field : ApiOperation.Download;
        init;
    }

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

    /// <summary>The method and the address for logs and errors, without secrets.</summary>
    public string Describe(FwConnection connection)
    {
        var address = SignedAddress is { } signed
            ? $"{signed.Scheme}://{signed.Authority}/(signed address)"
            : connection.ApiKey.Redact(Redaction.Redact(ToUri(connection)));
        return $"{Method} {address}";
    }
}
