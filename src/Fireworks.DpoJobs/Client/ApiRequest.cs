using System.Net.Http.Headers;
using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>One request: its contents, whether it may be repeated, and how the response is read.</summary>
/// <typeparam name="T">The type that the response is read as.</typeparam>
internal sealed record ApiRequest<T>(HttpMethod Method, ResponseReader<T> Response)
{
    // The limit of Uri before .NET 10.
    private const int MaxLength = 65_519;

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

    /// <summary>A secret in <see cref="Body"/>, which a response may repeat. Nothing shows it. Null for none.</summary>
    public SecretText? Secret { get; init; }

    /// <summary>The part of the resource to request. Null for the whole.</summary>
    public DownloadPart? Part { get; init; }

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

    /// <summary>The address.</summary>
    /// <exception cref="FwParameterException">It is longer than .NET supports.</exception>
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
                text.Append(separator).Append(parameter.Key).Append('=').Append(Escape(parameter.Value!));
                separator = '&';
            }
        }
        if (text.Length > MaxLength)
        {
            var longest = Query.OrderByDescending(parameter => parameter.Value?.Length ?? 0).First();
            throw new FwParameterException(
                $"The address of the request would have {text.Length:N0} characters, and at most {MaxLength:N0} are supported. The "
                    + $"longest parameter is {longest.Key}, with {longest.Value?.Length ?? 0:N0} characters.",
                Describe(connection)
            );
        }
        return new Uri(text.ToString());
    }

    /// <summary>The method and the address for logs and errors, without secrets. Long values are truncated.</summary>
    public string Describe(FwConnection connection)
    {
        var key = connection.ApiKey;
        var address = SignedAddress is { } signed
            ? $"{signed.Scheme}://{signed.Authority}/(signed address)"
            : key.Redact(connection.BaseUri.AbsoluteUri + Path) + Redaction.RedactQuery(Query, key.Redact);
        return $"{Method} {address}";
    }

    // Before .NET 9, EscapeDataString throws for strings of more than 65,519 characters.
    private static string Escape(string value) => value.Length > MaxLength ? value : Uri.EscapeDataString(value);
}

/// <summary>A part of a file to download.</summary>
/// <param name="FirstByte">The position of the first byte, from 0. Null for <paramref name="LastBytes"/>.</param>
/// <param name="LastBytes">The number of bytes at the end. Null for <paramref name="FirstByte"/>.</param>
/// <param name="IfVersion">
/// The version of the file that the part belongs to. If the file has another one by now, the whole is sent. Null for any.
/// </param>
internal sealed record DownloadPart(
    long? FirstByte = null,
    long? LastBytes = null,
    EntityTagHeaderValue? IfVersion = null
);
