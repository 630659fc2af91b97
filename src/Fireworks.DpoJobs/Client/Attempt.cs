using System.Net.Sockets;
using System.Security.Authentication;
#if NET
using System.Globalization;
#else
using System.Net;
#endif

#if NET
using System.Text.RegularExpressions;
#endif

namespace Fireworks.DpoJobs;

/// <summary>One attempt of a request. It creates the errors of this attempt.</summary>
/// <param name="Request">The request, redacted for errors.</param>
/// <param name="Retries">The number of retries before this attempt.</param>
/// <param name="Timeout">The timeout of the attempt.</param>
/// <param name="ApiKey">The API key, which errors must not show.</param>
/// <param name="Operation">The kind of request.</param>
internal sealed record Attempt(
    string Request,
    int Retries,
    TimeSpan Timeout,
    ApiKey ApiKey,
    ApiOperation Operation = ApiOperation.Other
)
{
    // Errors that occur only while connecting. Others, such as an unreachable host, may occur after the request was sent.
    private static readonly SocketError[] ConnectErrors =
    [
        SocketError.ConnectionRefused,
        SocketError.HostNotFound,
        SocketError.NoData,
        SocketError.TryAgain,
    ];

    /// <summary>Receives a warning about a value that does not fit its field.</summary>
    public Action<string> WarnOfMismatch { get; init; } = _ => { };

    /// <summary>No response arrived within the timeout.</summary>
    public AttemptException NoResponse() =>
        TimedOut($"The service did not respond within {Timeout.TotalSeconds:0.#} s.");

    /// <summary>The response was incomplete when the timeout ended.</summary>
    public AttemptException Incomplete(long bytesRead) =>
        TimedOut($"The response was incomplete after {Timeout.TotalSeconds:0.#} s ({bytesRead:N0} bytes received).");

    /// <summary>A download stopped arriving.</summary>
    public AttemptException Stalled(long bytesRead) =>
        TimedOut($"No data arrived for {Timeout.TotalSeconds:0.#} s ({bytesRead:N0} bytes received before).");

    /// <summary>The connection could not be made, or broke before the service responded.</summary>
    public AttemptException Unreachable(HttpRequestException cause) =>
        Causes(cause).OfType<ConnectionClosedException>().FirstOrDefault() is { } closed
            ? NoConnection($"The connection broke before the service responded: {closed.Message}")
        : IsUnsent(cause) ? NotConnected(Describe(cause))
        : NoConnection($"The connection broke before the service responded: {Describe(cause)}");

    /// <summary>The connection took too long to make.</summary>
    public AttemptException ConnectTimeout() =>
        NotConnected($"no connection within {HttpTransport.ConnectTimeout.TotalSeconds:0.#} s.");

    /// <summary>The connection broke before the response was complete.</summary>
    public AttemptException Broken(Exception cause, long bytesRead) =>
        NoConnection(
            $"The connection broke before the response was complete ({bytesRead:N0} bytes received): {Describe(cause)}"
        );

    /// <summary>The response is not one of this API.</summary>
    /// <param name="message">A sentence that describes the problem.</param>
    public AttemptException Invalid(string message) => new(new FwResponseException(message, Request, Retries));

    /// <summary>The response is too large for the memory that the module may use.</summary>
    /// <param name="message">A sentence that describes the problem.</param>
    public AttemptException TooLarge(string message)
    {
        var advice = Operation switch
        {
            ApiOperation.ListJobs => " Use a smaller -PageSize, or -ReadMask to request fewer fields.",
            ApiOperation.GetJob => " Use -ReadMask to request fewer fields.",
            _ => "",
        };
        return new(new FwResponseException(message + advice, Request, Retries) { IsTooLarge = true });
    }

    /// <summary>The response has a status of success, but none of the expected contents: the service failed.</summary>
    /// <param name="message">A sentence that describes the problem.</param>
    public AttemptException Unusable(string message) =>
        new(new FwResponseException(message, Request, Retries)) { IsServerFault = true };

    /// <summary>The body ended too early, and nothing but its contents shows it.</summary>
    public AttemptException Truncated(long bytesRead) =>
        NoConnection($"The connection broke before the response was complete ({bytesRead:N0} bytes received).");

    /// <summary>Whether an exception of a read means that the connection broke, or was closed to end the read.</summary>
    public static bool IsBroken(Exception exception) =>
        exception is HttpRequestException or IOException or InvalidDataException or ObjectDisposedException;

    private AttemptException NotConnected(string cause) =>
        NoConnection($"The service could not be reached: {cause}", isUnsent: true);

    private AttemptException NoConnection(string message, bool isUnsent = false) =>
        new(new FwConnectionException(message, Request, Retries)) { IsUnsent = isUnsent };

    private AttemptException TimedOut(string message) =>
        new(new FwTimeoutException(message, Timeout, Request, Retries));

    private static bool IsUnsent(HttpRequestException exception) =>
#if NET
        exception.HttpRequestError is not HttpRequestError.Unknown
            ? exception.HttpRequestError
                is HttpRequestError.NameResolutionError
                    or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError
            :
#endif
            Causes(exception)
                .Any(cause =>
                    cause is AuthenticationException
                    || (cause is SocketException socket && ConnectErrors.Contains(socket.SocketErrorCode))
#if !NET
                || cause
                    is WebException
                    {
                        Status: WebExceptionStatus.ConnectFailure
                            or WebExceptionStatus.NameResolutionFailure
                            or WebExceptionStatus.ProxyNameResolutionFailure
                            or WebExceptionStatus.SecureChannelFailure
                            or WebExceptionStatus.TrustFailure
                    }
#endif
                );

    // Other messages of the transport may quote untrusted text, so only those of the operating system and of TLS are shown.
    private string Describe(Exception exception)
    {
        var causes = Causes(exception).ToList();
        if (FindProxyStatus(causes) is { } status)
        {
            return $"the proxy responded with status {status} to the request for a tunnel.";
        }
        if (causes.Find(cause => cause is SocketException) is { } socket)
        {
            return socket.Message.TrimEnd('.') + ".";
        }
        if (IsTlsFailure(exception, causes))
        {
            // The outer messages refer to the inner ones.
            var reason = Redaction.Redact(causes[causes.Count - 1].Message, ApiKey.Redact).TrimEnd('.');
            return $"the TLS connection failed: {reason}.";
        }
#if NET
        return exception switch
        {
            HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } failure =>
                $"{failure.HttpRequestError}.",
            HttpIOException failure => $"{failure.HttpRequestError}.",
            _ => $"{exception.GetType().Name}.",
        };
#else
        return $"{exception.GetBaseException().GetType().Name}.";
#endif
    }

    private static bool IsTlsFailure(Exception exception, List<Exception> causes) =>
#if NET
        exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
        ||
#endif
        causes.Exists(cause => cause is AuthenticationException);

    private static int? FindProxyStatus(List<Exception> causes)
    {
#if NET
        // Only the message has the status.
        var tunnel = causes.OfType<HttpRequestException>().FirstOrDefault(IsTunnelFailure);
        return tunnel is not null && Regex.Match(tunnel.Message, "'([1-5][0-9]{2})'") is { Success: true } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : (int?)tunnel?.StatusCode;
#else
        return
            causes.OfType<WebException>().Select(cause => cause.Response).OfType<HttpWebResponse>().FirstOrDefault()
                is { } response
            ? (int)response.StatusCode
            : null;
#endif
    }

#if NET
    private static bool IsTunnelFailure(HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.ProxyTunnelError;
#endif

    // The exception itself and its inner exceptions.
    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}

/// <summary>An attempt failed. The client retries the request, or throws <see cref="Failure"/>.</summary>
internal sealed class AttemptException(FwException failure, RetryAdvice? advice = null) : Exception(failure.Message)
{
    /// <summary>The error that users see when the request is not retried.</summary>
    public FwException Failure { get; } = failure;

    /// <summary>The service's advice about retrying. Null when there was no response.</summary>
    public RetryAdvice? Advice { get; } = advice;

    /// <summary>Whether the request certainly did not leave this machine.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>Whether the service may have executed the request, although it did not confirm it.</summary>
    public bool MayHaveTakenEffect => !IsUnsent && Advice is not { StatusCode: (>= 300 and < 500 and not 408) or 501 };

    /// <summary>Whether the service failed although the status of its response is one of success.</summary>
    public bool IsServerFault { get; init; }
}
